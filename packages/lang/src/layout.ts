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
  ["plot", "every `let` that is a number is in the report as it is"],
  ["trail", "a `stop at` stays where it was put"],
  ["take", "a target closes the whole position"],
]);

const nothing: ReadonlySet<string> = new Set();

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
  const reader = new LayoutReader(given);
  while (reader.readNext());
  const { tokens, declared, diagnostics } = reader;
  return { tokens, declared, diagnostics };
}

class LayoutReader implements Layout {
  readonly tokens: IToken[] = [];
  readonly declared = new Set<string>();
  readonly diagnostics: Diagnostic[] = [];
  private at = 0;
  /** Braces that are open: 1 between declarations, 2 in the block of one. */
  private depth = 0;
  private inHeader = false;
  /** The first word of the declaration we are in. */
  private declaration: TokenType | undefined;
  /** Braces before this place cannot be the strategy's last: declarations follow, and another brace after them. */
  private readonly strategyGoesOn: number;

  constructor(private readonly given: readonly IToken[]) {
    this.strategyGoesOn = lastDeclaration(given);
  }

  /** False at the end. */
  readNext(): boolean {
    const token = this.given[this.at];
    if (token === undefined) return false;
    if (this.skipForeignIf(token) || this.skipLater(token)) return true;
    this.at++;
    const meant = this.firstWord(token);
    if (declarationStarts.has(meant.tokenType)) this.startDeclaration(meant);
    this.follow(meant);
    return true;
  }

  /** Whether a value has just ended, or a block begun: here a statement may start. */
  private get mayStart(): boolean {
    return endsValue(this.tokens.at(-1));
  }

  private report(each: Diagnostic): void {
    this.diagnostics.push(each);
  }

  /** In other languages an `if` has a block. All of it is one mistake. */
  private skipForeignIf(token: IToken): boolean {
    if (token.tokenType !== keyword.if || this.depth !== 1 || !this.mayStart) return false;
    this.report(diagnostic("BF1010", tokenSpan(token), {}));
    this.skipTo(endOfStatement(this.given, this.at, this.depth, laterStatements));
    return true;
  }

  /** A statement or a clause that is planned. */
  private skipLater(token: IToken): boolean {
    const inEntry = this.depth === 2 && this.declaration === keyword.enter;
    const planned = inEntry ? laterClauses : this.depth < 2 && !this.inHeader ? laterStatements : nothing;
    if (!planned.has(token.image) || !(this.mayStart || this.tokens.length === 0)) return false;
    if (token.tokenType === keyword.on && this.depth !== 1) return false;
    const hint = meanwhile.get(token.image);
    this.report(diagnostic("BF1004", tokenSpan(token), { what: token.image }, { hint }));
    this.skipTo(endOfStatement(this.given, this.at, this.depth, planned));
    return true;
  }

  /** What is skipped may be named elsewhere all the same. */
  private skipTo(end: number): void {
    for (let i = this.at; i + 1 < end; i++) {
      const { tokenType, image } = this.given[i];
      if (tokenType === keyword.let || (i === this.at && image === "state"))
        this.declared.add(this.given[i + 1].image);
    }
    this.at = end;
  }

  /** At the start of a line: the word that is meant, where it is missing or misspelt. */
  private firstWord(token: IToken): IToken {
    const next = this.given[this.at];
    const isCandidate = this.depth === 1 && this.mayStart && isFirstOnLine(token, this.given[this.at - 2]);
    if (!isCandidate || next === undefined || !isNamed(token)) return token;
    const span = tokenSpan(token);
    const missing =
      next.tokenType === sign.assign ? keyword.let : next.tokenType === sign.colon ? keyword.param : null;
    if (missing !== null) {
      const word = textOf(missing);
      const edits = [{ span: { start: span.start, end: span.start }, text: `${word} ` }];
      const fix = {
        title: `write \`${word} ${token.image}${next.image === ":" ? "" : " "}${next.image} …\``,
        edits,
      };
      this.report(diagnostic("BF1008", span, { name: token.image, word }, { fix }));
      this.tokens.push({ ...retyped(token, missing), image: word, endOffset: span.start - 1 });
      this.declaration = missing;
      this.declared.add(token.image);
      return token;
    }
    if (token.tokenType !== Identifier || !mayFollowFirstWord(next)) return token;
    const text = synonyms.get(token.image) ?? nearest(token.image, firstWords.keys());
    const type = text === undefined ? undefined : firstWords.get(text);
    if (text === undefined || type === undefined) return token;
    const problem = `\`${token.image}\` starts no declaration`;
    const fix = { title: `did you mean \`${text}\`?`, edits: [{ span, text }] };
    this.report(diagnostic("BF1002", span, { problem }, { fix }));
    return retyped(token, type);
  }

  private startDeclaration({ tokenType }: IToken): void {
    // None of these words can stand inside a block, or before the strategy's own: what is open was not closed.
    if (this.depth > 1 || this.inHeader) this.depth = 1;
    this.declaration = tokenType;
    const name = this.given[this.at];
    if ((tokenType === keyword.let || tokenType === keyword.param) && name !== undefined)
      this.declared.add(name.image);
  }

  /** Hands a token on, with its braces counted. */
  private follow(token: IToken): void {
    if (token.tokenType === keyword.strategy) this.inHeader = true;
    if (token.tokenType === sign.leftBrace) {
      this.depth++;
      this.inHeader = false;
    }
    if (token.tokenType !== sign.rightBrace) this.tokens.push(token);
    else if (this.depth > 1) {
      this.depth--;
      this.tokens.push(token);
    } else if (this.at <= this.strategyGoesOn) this.report(diagnostic("BF1009", tokenSpan(token), {}));
    else {
      this.depth = 0;
      this.tokens.push(retyped(token, StrategyEnd));
    }
  }
}

const firstWords: ReadonlyMap<string, TokenType> = new Map(
  declarationKeywords.map((each) => [textOf(each), each]),
);
/** What other languages write for `let`. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["var", "let"],
  ["const", "let"],
]);

const isNamed = (token: IToken): boolean => tokenMatcher(token, NameToken);

const mayFollowFirstWord = (token: IToken | undefined): boolean =>
  token !== undefined &&
  (isNamed(token) || token.tokenType === keyword.when || token.tokenType === sign.leftBrace);

/** The place of the last declaration, unless no brace closes the strategy after it. */
function lastDeclaration(tokens: readonly IToken[]): number {
  const first = tokens.findIndex((each) => each.tokenType === keyword.strategy);
  const isSecond = (at: number): boolean =>
    tokens[at].tokenType === keyword.strategy && tokens[at + 1]?.tokenType === StringLiteral;
  let last = -1;
  /** Braces that close what was opened before the last declaration. */
  let closed = 0;
  for (let i = first + 1; i < tokens.length && !isSecond(i); i++) {
    const { tokenType } = tokens[i];
    if (declarationStarts.has(tokenType)) {
      last = i;
      closed = 0;
    }
    if (tokenType === sign.leftBrace) closed--;
    if (tokenType === sign.rightBrace) closed++;
  }
  return closed > 0 ? last : -1;
}

/** Where something starts again that can be read, or that has a message of its own. */
function endOfStatement(
  tokens: readonly IToken[],
  start: number,
  depth: number,
  planned: ReadonlySet<string>,
): number {
  let open = 0;
  for (let i = start + 1; i < tokens.length; i++) {
    const { tokenType, image } = tokens[i];
    if (tokenType === sign.leftBrace) open++;
    if (tokenType === sign.rightBrace && --open < 0) return i;
    if (open > 0) continue;
    if (depth === 0) {
      if (tokenType === keyword.strategy || tokenType === keyword.edition) return i;
      continue;
    }
    if (declarationStarts.has(tokenType)) return i;
    const mayStart = i > start + 1 && endsValue(tokens[i - 1]);
    if (mayStart && (planned.has(image) || (depth === 2 && clauseStarts.has(tokenType)))) return i;
  }
  return tokens.length;
}
