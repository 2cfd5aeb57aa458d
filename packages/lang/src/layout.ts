import { tokenMatcher, type IToken, type TokenType } from "chevrotain";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { nearest } from "./nearest.js";
import { isFirstOnLine, tokenSpan } from "./span.js";
import {
  clauseWords,
  declarationKeywords,
  Identifier,
  Interval,
  keyword,
  NameToken,
  NumberLiteral,
  Percent,
  sign,
  StrategyEnd,
  StringLiteral,
  textOf,
  word,
} from "./tokens.js";

/*
 * What a reader sees at a glance and a grammar does not: which brace ends the strategy, where a declaration starts
 * although its first word is missing or misspelt, and which statements are not of this language yet. Told first, so
 * that the parser can find its feet at every declaration and one slip is one message.
 */

export interface Layout {
  /** What the parser shall read. */
  readonly tokens: IToken[];
  /** Names that a declaration introduces, also one that cannot be read. */
  readonly declared: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Statements that are planned; their words stay free as names. */
const laterStatements: ReadonlySet<string> = new Set([
  "alert",
  "fills",
  "fn",
  "import",
  "law",
  "limit",
  "market",
  "on",
  "plot",
  "property",
  "state",
  "test",
  "type",
]);

/** Clauses of an entry that are planned. */
const laterClauses: ReadonlySet<string> = new Set(["good", "limit", "pyramid", "take", "trail"]);

/** What there is in the meantime. */
const meanwhile: ReadonlyMap<string, string> = new Map([
  ["on", 'all of a strategy runs on the clock of its first line, `strategy "Name" on 15m {`'],
  ["plot", "every `let` is drawn in the report as it is"],
  ["trail", "a `stop at` stays where it was put"],
  ["take", "a target closes the whole position"],
]);

const none: ReadonlySet<string> = new Set();

const declarationStarts: ReadonlySet<TokenType> = new Set(declarationKeywords);
const clauseStarts: ReadonlySet<TokenType> = new Set(clauseWords);

/** After these a value may end and a statement begin. */
const valueEnds: readonly TokenType[] = [
  NameToken,
  NumberLiteral,
  Percent,
  StringLiteral,
  Interval,
  keyword.true,
  keyword.false,
  sign.rightParenthesis,
  sign.rightBracket,
  sign.rightBrace,
  sign.leftBrace,
];
/** Words that are names elsewhere, but ask for a value where they have their meaning. */
const asksForValue: ReadonlySet<TokenType> = new Set([
  word.at,
  word.above,
  word.below,
  word.step,
  word.size,
  word.commission,
  word.slippage,
  word.capped,
  word.of,
]);

const endsValue = (token: IToken | undefined): boolean =>
  token !== undefined &&
  !asksForValue.has(token.tokenType) &&
  valueEnds.some((each) => tokenMatcher(token, each));

const retyped = (token: IToken, type: TokenType): IToken => ({
  ...token,
  tokenType: type,
  tokenTypeIdx: type.tokenTypeIdx ?? 0,
});

export function layOut(given: readonly IToken[]): Layout {
  const tokens: IToken[] = [];
  const declared = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const goesOn = whereStrategyGoesOn(given);
  let depth = 0;
  /** The declaration that the current block belongs to. */
  let current: TokenType | undefined;
  let inHeader = false;

  for (let i = 0; i < given.length;) {
    let token = given[i];
    const before = tokens.at(-1);
    const next = given[i + 1];
    const starts = endsValue(before);

    if (depth === 1 && starts && isFirstOnLine(token, given[i - 1])) {
      if (isNamed(token) && next?.tokenType === sign.assign) {
        const span = tokenSpan(token);
        const edits = [{ span: { start: span.start, end: span.start }, text: "let " }];
        const fix = { title: `write \`let ${token.image} = …\``, edits };
        diagnostics.push(diagnostic("BF1008", span, { name: token.image }, { fix }));
        tokens.push({ ...retyped(token, keyword.let), image: "let", endOffset: span.start - 1 });
        declared.add(token.image);
        current = keyword.let;
      } else if (token.tokenType === Identifier && mayFollowKeyword(next)) {
        const meant = synonyms.get(token.image) ?? nearest(token.image, declarationWords.keys());
        const type = meant === undefined ? undefined : declarationWords.get(meant);
        if (meant !== undefined && type !== undefined) {
          const span = tokenSpan(token);
          const problem = `\`${token.image}\` starts no declaration`;
          const fix = { title: `did you mean \`${meant}\`?`, edits: [{ span, text: meant }] };
          diagnostics.push(diagnostic("BF1002", span, { problem }, { fix }));
          token = retyped(token, type);
        }
      }
    }

    const inEntry = depth === 2 && current === keyword.enter;
    if (depth === 1 && starts && token.tokenType === keyword.if) {
      // In other languages an `if` has a block. All of it is one mistake.
      const end = endOfLater(given, i, depth, false);
      diagnostics.push(diagnostic("BF1010", tokenSpan(token), {}));
      namesIn(given.slice(i, end), declared);
      i = end;
      continue;
    }
    const mayBeLater = inEntry ? laterClauses : depth < 2 && !inHeader ? laterStatements : none;
    if (mayBeLater.has(token.image) && (starts || before === undefined)) {
      const hint = meanwhile.get(token.image);
      diagnostics.push(diagnostic("BF1004", tokenSpan(token), { what: token.image }, { hint }));
      const end = endOfLater(given, i, depth, inEntry);
      namesIn(given.slice(i, end), declared);
      i = end;
      continue;
    }

    if (declarationStarts.has(token.tokenType)) {
      // None of these words can stand inside a block: whatever is open was not closed.
      if (depth > 1) depth = 1;
      current = token.tokenType;
      if ((current === keyword.let || current === keyword.param) && next !== undefined)
        declared.add(next.image);
    }
    if (token.tokenType === keyword.strategy) inHeader = true;
    if (token.tokenType === sign.leftBrace) {
      depth++;
      inHeader = false;
    }
    if (token.tokenType === sign.rightBrace) {
      if (depth > 1) depth--;
      else if (i < goesOn) {
        diagnostics.push(diagnostic("BF1009", tokenSpan(token), {}));
        i++;
        continue;
      } else {
        depth = 0;
        token = retyped(token, StrategyEnd);
      }
    }
    tokens.push(token);
    i++;
  }
  return { tokens, declared, diagnostics };
}

const declarationWords: ReadonlyMap<string, TokenType> = new Map(
  declarationKeywords.map((each) => [textOf(each), each]),
);
/** What other languages write for `let`. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["var", "let"],
  ["const", "let"],
]);

const isNamed = (token: IToken): boolean => tokenMatcher(token, NameToken);

const mayFollowKeyword = (token: IToken | undefined): boolean =>
  token !== undefined &&
  (isNamed(token) || token.tokenType === keyword.when || token.tokenType === sign.leftBrace);

/** The place of the last declaration before the next strategy: a brace before it cannot be the strategy's last. */
function whereStrategyGoesOn(tokens: readonly IToken[]): number {
  const first = tokens.findIndex((each) => each.tokenType === keyword.strategy);
  const second = tokens.findIndex(
    (each, i) =>
      i > first && each.tokenType === keyword.strategy && tokens[i + 1]?.tokenType === StringLiteral,
  );
  const end = second < 0 ? tokens.length : second;
  for (let i = end - 1; i > first; i--) if (declarationStarts.has(tokens[i].tokenType)) return i;
  return -1;
}

/** Where something starts again that can be read. */
function endOfLater(tokens: readonly IToken[], start: number, depth: number, inEntry: boolean): number {
  let open = 0;
  for (let i = start + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.tokenType === sign.leftBrace) open++;
    if (token.tokenType === sign.rightBrace && --open < 0) return i;
    if (open > 0) continue;
    if (depth === 0) {
      if (token.tokenType === keyword.strategy || token.tokenType === keyword.edition) return i;
      continue;
    }
    if (declarationStarts.has(token.tokenType)) return i;
    if (!endsValue(tokens[i - 1]) || tokens[i - 1] === tokens[start]) continue;
    if (
      inEntry
        ? clauseStarts.has(token.tokenType) || laterClauses.has(token.image)
        : laterStatements.has(token.image)
    )
      return i;
  }
  return tokens.length;
}

function namesIn(tokens: readonly IToken[], declared: Set<string>): void {
  for (const [i, token] of tokens.entries()) {
    const isIntroduced = token.tokenType === keyword.let || (i === 0 && token.image === "state");
    if (isIntroduced && i + 1 < tokens.length) declared.add(tokens[i + 1].image);
  }
}
