import { EOF, type IRecognitionException, type IToken, type TokenType } from "chevrotain";
import { diagnostic, type Diagnostic, type DiagnosticDetails, type Label } from "./diagnostic.js";
import { nearest } from "./nearest.js";
import type { Expectation } from "./parser.js";
import type { Source, Span } from "./source.js";
import { isFirstOnLine, tokenSpan } from "./span.js";
import { printable } from "./printable.js";
import {
  clauseWords,
  declarationKeywords,
  Interval,
  keyword,
  sign,
  statement,
  StringLiteral,
  word,
} from "./tokens.js";

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
  orderClause:
    "a clause is `size …`, `stop at …`, `stop by …`, `target at …`, `target by …` or `unprotected`",
  stop: "a stop is `stop at price` or `stop by distance`",
  target: "a target is `target at price`, `target by distance` and `take 50%` if you like",
  size: "a size is `size 10`, `size 20% of equity` or `size risk(1%) capped 50% of equity`",
  exit: 'an exit is `exit long "tag" when condition`',
  import: 'an import is `import "levels.bf" as levels`',
  type: "a record is `type Band = { upper: price, lower: price }`",
  enum: "an enum is `enum Average { simple, exponential }`",
  function: "a function is `fn double(x: price) = x * 2`, or has a block that ends with `return`",
  state: "a state is `state name = start reset session { when condition { set name = value } }`",
  action: "an action is `set name = value` or `when condition { … }`",
  actions: "an action is `set name = value` or `when condition { … }`",
  on: "a block of another clock, `on 1d { … }` or `on spy { … }`, holds `let` and `state`",
  market: 'another market is `market "SPY" as spy`, or `market "SPY" as spy calendar NYSE`',
  universe: 'a universe is `universe "AAPL", "MSFT"`, or `universe` for all symbols of the data',
  rebalance: "a rebalance is `rebalance every 1mo when condition { hold top 10 by score }`",
  rebalanceClause: "a clause is `hold …`, `short …`, `weight …`, `exposure …` or `band …`",
  hold: "what is held is `hold top 10 by score where condition` or `hold each where condition`",
  weight:
    "a weight is `weight equal`, `weight by value`, `weight at 5%` or `weight risk_parity(60)`, and `capped 10%` if you like",
  allow: "what can be allowed is `allow forming`",
  form: "an order waits with `at limit price`, `at stop price`, `at stop price limit price` or `at touched price`",
  good: "an order is `good for day`, `good for 3 bars`, `good for 2d`, `good till cancelled`, `good till moment`, `good ioc` or `good fok`",
  trail:
    "a trailing stop is `trail by distance`, with `after 1 R`, `within bar` or `each bar` behind it where wanted",
  limit: "a limit is `limit drawdown 20% { halt }`",
  alert: 'an alert is `alert "text with {value}" when condition`',
  plot: 'a plot is `plot value "Title" color blue`',
  fills: "fills are `fills { path worst limit through 1 tick on close }`",
  test: 'a test is `test "name" { bars { … } expect … }`',
  expectation: "an expectation is `expect condition`, `expect condition on bar 3` or `expect orders { … }`",
  loop: "a loop is `for k in 0..9: value`, `for v in close[0..9]: value` or `for each: value`",
  choice: "a match is `match kind { simple: value, else: value }`",
  conditional: "a choice is `if condition then value else value`",
};

const formOf: ReadonlyMap<string, string> = new Map([
  ["an interval such as `15m`", "an interval is a number with ms, s, m, h, d, w or mo behind it"],
]);

/** What may go on where a block could also end. */
const continuations: Readonly<Record<string, readonly TokenType[]>> = {
  costs: [word.commission, word.slippage, word.carry],
  enter: clauseWords,
  rebalance: [word.hold, word.short, word.weight, word.exposure, word.band],
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
    return isOfUniverse(token, tokens)
      ? { problem: `${found} is no further symbol`, hint: forms["universe"] }
      : describeJunk(token, before);
  if (rule === "loop" && token.image === "each")
    return { problem: "`for each` is followed by `:`, or by `where` and a condition", hint: forms[rule] };
  const isNaming = expected[0] === "a name" && (expected.length === 1 || rule === "let");
  if (isNaming && isReserved(token))
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
  const form = isLength
    ? "bars are counted: `20`, or `20 bars`"
    : (formOf.get(expected[0]) ??
      (rule === "strategy" && expected[0] === "a text in quotes"
        ? 'a strategy has a name: `strategy "Breakout" { … }`'
        : forms[rule]));
  return { problem: `expected ${oneOf(wanted)}, found ${found}`, labels, ...meantOr(form, token, wanted) };
}

/** Something that neither goes on with what is before it nor starts a declaration. */
function describeJunk(token: IToken, before: IToken): Description {
  const found = quoted(token);
  const span = tokenSpan(token);
  if (token.tokenType === sign.question)
    return {
      problem: `${found} cannot follow ${quoted(before)} here`,
      hint: "a choice is written `if condition then value else value`",
    };
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
      : "a declaration starts with a word such as `let`, `param`, `enter` or `exit`";
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
    ...meantOr(hint, token, [...starts, "`and`", "`or`", "`calendar`"]),
  };
}

/** Whether only symbols stand between a token and a `universe`. */
function isOfUniverse(token: IToken, tokens: readonly IToken[]): boolean {
  const at = tokens.indexOf(token);
  const first = tokens.findLastIndex(
    ({ tokenType }, i) => i < at && tokenType !== StringLiteral && tokenType !== sign.comma,
  );
  return tokens[first]?.tokenType === statement.universe && !isFirstOnLine(token, tokens[at - 1]);
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
