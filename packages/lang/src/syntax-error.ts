import { EOF, type IRecognitionException, type IToken, type TokenType } from "chevrotain";
import { diagnostic, type Diagnostic, type DiagnosticDetails, type Label } from "./diagnostic.js";
import { nearest } from "./nearest.js";
import type { Expectation } from "./parser.js";
import type { Source, Span } from "./source.js";
import { isFirstOnLine, tokenSpan } from "./span.js";
import { printable } from "./printable.js";
import { clauseWords, declarationKeywords, Interval, keyword, sign, word } from "./tokens.js";

/** How the productions are written, for whoever got one wrong. */
const forms: Readonly<Record<string, string>> = {
  file: 'a program is `strategy "Name" on 15m { … }`',
  strategy: 'a program is `strategy "Name" on 15m { … }`',
  param: "a parameter is `param length: bars = 20 in 5..60`",
  interval: "a range is `in 5..60`, `in 5..60 step 5` or `in 0.1%..2% log`",
  choices: "choices are `in { 10, 20, 50 }`",
  let: "a definition is `let name = value`",
  costs: "costs are `costs { commission 0.05% slippage 1 tick }`",
  enter: 'an entry is `enter long "tag" when condition { stop at price }`',
  orderClause: "a clause is `size …`, `stop at …`, `target at …` or `unprotected`",
  size: "a size is `size 10`, `size 20% of equity` or `size risk(1%) capped 50% of equity`",
  exit: 'an exit is `exit long "tag" when condition`',
  conditional: "a choice is `if condition then value else value`",
};

const formOf: ReadonlyMap<string, string> = new Map([
  ["an interval such as `15m`", "an interval is a number with ms, s, m, h, d, w or mo behind it"],
  ["a text in quotes", 'a strategy has a name: `strategy "Breakout" { … }`'],
]);

/** What may go on where a block could also end. */
const continuations: Readonly<Record<string, readonly TokenType[]>> = {
  costs: [word.commission, word.slippage],
  enter: clauseWords,
};

/** Closing brackets, with those they close. */
const pairs: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;

const quoted = (token: IToken): string => `\`${printable(token.image, 24)}\``;

/** One error of the parser as people read it. */
export function syntaxError(
  error: IRecognitionException,
  before: IToken | undefined,
  tokens: readonly IToken[],
  source: Source,
): Diagnostic {
  const { expected, rule } = JSON.parse(error.message) as Expectation;
  const { token } = error;
  const atEnd = token.tokenType === EOF;
  const span = atEnd ? endOf(source) : tokenSpan(token);
  const { problem, ...details } = describe({ expected, rule, token, before, tokens });
  return diagnostic("BF1002", span, { problem }, details);
}

interface Circumstances extends Expectation {
  readonly token: IToken;
  readonly before: IToken | undefined;
  readonly tokens: readonly IToken[];
}

type Description = DiagnosticDetails & { readonly problem: string };

function describe({ expected, rule, token, before, tokens }: Circumstances): Description {
  const isEnd = token.tokenType === EOF;
  const found = isEnd ? "the end of the file" : quoted(token);

  if (expected.length === 0) return describeRest(token, rule);
  if (rule === "strategy" && expected[0] === "`}`" && !isEnd && before !== undefined)
    return describeJunk(token, before);
  if (expected[0] === "a name" && expected.length === 1 && isReserved(token))
    return {
      problem: `${found} is a word of the language and cannot be a name`,
      hint: "choose another name",
    };

  const isValue = expected.includes("a number") && expected.includes("a name");
  const isCut = isDeclaration(token) || isEnd;
  const more =
    expected[0] === "`}`" && !isCut ? (continuations[rule] ?? []).map((each) => each.LABEL ?? "") : [];
  const wanted = isValue ? ["a value"] : [...more, ...expected];
  const isOpen = expected.length === 1 && (expected[0] !== "`}`" || isCut);
  const labels = isOpen ? openedAt(pairs.get(expected[0].slice(1, -1)), token, tokens) : [];
  const isLength = isValue && token.tokenType === Interval;
  const form = isLength ? "bars are counted: `20`, or `20 bars`" : (formOf.get(expected[0]) ?? forms[rule]);
  return { problem: `expected ${oneOf(wanted)}, found ${found}`, labels, ...meantOr(form, token, wanted) };
}

/** Something that neither goes on with what is before it nor starts a declaration. */
function describeJunk(token: IToken, before: IToken): Description {
  const found = quoted(token);
  const span = tokenSpan(token);
  if (token.tokenType === sign.assign && !isFirstOnLine(token, before))
    return {
      problem: "`=` defines a name, it does not compare",
      fix: { title: "write `==`", edits: [{ span, text: "==" }] },
    };
  if (token.image === ")" || token.image === "]") return { problem: `this ${found} closes nothing` };
  const starts = declarationKeywords.map((each) => each.LABEL ?? "");
  if (isFirstOnLine(token, before)) {
    const isOrder = token.tokenType === keyword.strategy;
    const hint = isOrder
      ? "orders are declared: `enter long when …`, `exit when …`"
      : `a declaration starts with ${oneOf(starts)}`;
    return { problem: `${found} starts no declaration`, ...meantOr(hint, token, starts) };
  }
  const isClause = clauseWords.some((each) => each === token.tokenType);
  const hint = isClause
    ? "the clauses of an entry stand in braces: `enter long when condition { stop at price }`"
    : token.tokenType === sign.leftBrace
      ? "only entries, costs and choices have braces"
      : "an operator is missing, or a word such as `let` that starts a declaration";
  return {
    problem: `${found} cannot follow ${quoted(before)} here`,
    ...meantOr(hint, token, [...starts, "`and`", "`or`"]),
  };
}

/** Something behind the end of a program or an expression. */
function describeRest(token: IToken, rule: string): Description {
  if (token.image === "}") return { problem: "this `}` closes nothing" };
  const problem = `${quoted(token)} is not expected here`;
  if (token.tokenType === keyword.strategy) return { problem, hint: "a file has one strategy" };
  return { problem, hint: `the ${rule === "file" ? "strategy" : "expression"} ends before it` };
}

const isDeclaration = (token: IToken): boolean =>
  declarationKeywords.some((each) => each === token.tokenType);

const isReserved = (token: IToken): boolean =>
  Object.values(keyword).some((each) => each === token.tokenType);

/** The fix of a typo, or else what helps. */
function meantOr(hint: string | undefined, token: IToken, expected: readonly string[]): DiagnosticDetails {
  const fix = isReserved(token) ? undefined : meantWord(token, expected);
  return fix === undefined ? { hint } : { fix };
}

/** The expected word that a typo most likely meant. */
function meantWord(token: IToken, expected: readonly string[]): DiagnosticDetails["fix"] {
  const words = expected.map((each) => /^`(\w+)`$/.exec(each)?.[1] ?? "").filter((each) => each !== "");
  const text = /^\w+$/.test(token.image) ? nearest(token.image, words) : undefined;
  return text === undefined
    ? undefined
    : { title: `did you mean \`${text}\`?`, edits: [{ span: tokenSpan(token), text }] };
}

/** Where the bracket stands that should have been closed before a token. */
function openedAt(bracket: string | undefined, end: IToken, tokens: readonly IToken[]): Label[] {
  if (bracket === undefined) return [];
  const open: IToken[] = [];
  for (const each of tokens) {
    if (each === end) break;
    if (["(", "[", "{"].includes(each.image)) open.push(each);
    if (pairs.get(each.image) === open.at(-1)?.image) open.pop();
  }
  const last = open.findLast((each) => each.image === bracket);
  return last === undefined ? [] : [{ span: tokenSpan(last), text: "opened here" }];
}

/** The last character that is not blank: where something is missing at the end. */
function endOf(source: Source): Span {
  const end = source.text.trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}
