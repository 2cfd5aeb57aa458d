import { tokenMatcher, type IToken, type TokenType } from "chevrotain";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { nearest } from "./nearest.js";
import { isFirstOnLine, tokenSpan } from "./span.js";
import {
  BrokenString,
  declarationKeywords,
  Identifier,
  Interval,
  keyword,
  NameToken,
  NumberLiteral,
  Percent,
  sign,
  statement,
  StrategyEnd,
  StringLiteral,
  textOf,
  TimeOfDay,
  vocabulary,
  word,
} from "./tokens.js";

/*
 * What a reader sees at a glance and a grammar does not: which brace ends the strategy, which words start a statement,
 * where a declaration starts although its first word is missing or misspelt. Told first, so that the parser can find
 * its feet at every declaration and one slip is one message.
 */

export interface Layout {
  /** What the parser shall read. */
  readonly tokens: IToken[];
  /** Names that a declaration introduces, also one that cannot be read. */
  readonly declared: ReadonlySet<string>;
  /** The first words of the declarations of the file and of its strategy, not of the blocks in these. */
  readonly starts: readonly IToken[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What stands between braces: statements of a kind, or something whose braces only need to be counted. */
type Block = "file" | "strategy" | "definitions" | "actions" | "clauses" | "test" | "other";

const declarationStarts: ReadonlySet<TokenType> = new Set(declarationKeywords);
const statements: ReadonlyMap<string, TokenType> = new Map(
  Object.values(statement).map((each) => [textOf(each), each]),
);

/** Words that can start a statement in a file beside its strategy. */
const itemStarts: ReadonlySet<TokenType> = new Set([
  keyword.strategy,
  keyword.let,
  keyword.fn,
  statement.pub,
  statement.type,
  statement.enum,
  statement.test,
  statement.property,
]);
/** Statements with words before their block or condition that mean something else elsewhere. */
const headed: ReadonlySet<TokenType> = new Set([
  keyword.strategy,
  keyword.enter,
  keyword.exit,
  statement.rebalance,
]);
/** The next word is a name that the statement gives a meaning to. */
const declares: ReadonlySet<TokenType> = new Set([
  keyword.let,
  keyword.param,
  keyword.state,
  keyword.fn,
  statement.type,
  statement.enum,
  statement.market,
]);
const definitionStarts: ReadonlySet<TokenType> = new Set([keyword.let, keyword.state, keyword.return]);

/** Every word that starts a statement somewhere. */
const anyStarts: ReadonlySet<TokenType> = new Set([...itemStarts, ...definitionStarts, ...declarationStarts]);

/** What a statement's own braces hold. */
const blockOf: ReadonlyMap<TokenType, Block> = new Map<TokenType, Block>([
  [keyword.strategy, "strategy"],
  [keyword.on, "definitions"],
  [keyword.fn, "definitions"],
  [keyword.state, "actions"],
  [keyword.enter, "clauses"],
  [keyword.exit, "clauses"],
  [statement.rebalance, "clauses"],
  [statement.test, "test"],
  [statement.property, "test"],
]);

/** After these a value may end and a statement begin. */
const valueEnds: ReadonlySet<TokenType> = new Set([
  ...vocabulary.filter(({ CATEGORIES = [] }) => CATEGORIES.includes(NameToken)),
  NumberLiteral,
  Percent,
  StringLiteral,
  BrokenString,
  Interval,
  TimeOfDay,
  keyword.true,
  keyword.false,
  keyword.none,
  sign.question,
  sign.rightParenthesis,
  sign.rightBracket,
  sign.rightBrace,
  sign.leftBrace,
  statement.pub,
  statement.universe,
]);
/** Words that are names elsewhere, but ask for a value where they have their meaning. */
const asksForValue: ReadonlySet<TokenType> = new Set([
  word.at,
  word.above,
  word.below,
  word.step,
  word.size,
  word.worth,
  word.commission,
  word.slippage,
  word.carry,
  word.capped,
  word.of,
  word.take,
  word.by,
  word.after,
  word.through,
  word.touched,
  word.pyramid,
  word.color,
  word.width,
  word.style,
  word.pane,
  word.every,
  word.band,
  word.exposure,
]);

/** Whether a value ends with the token at a place; a word that asks for one may itself be a name there. */
function endsValue(tokens: readonly IToken[], at: number): boolean {
  let asking = 0;
  while (asking < 8 && asksForValue.has(tokens[at - asking]?.tokenType)) asking++;
  const before = tokens[at - asking];
  const ends = before !== undefined && valueEnds.has(before.tokenType);
  // Behind a value the first such word asks, behind one that asks the next is what it asked for.
  return asking % 2 === 0 ? ends : !ends;
}

const retyped = (token: IToken, type: TokenType): IToken => ({
  ...token,
  tokenType: type,
  tokenTypeIdx: type.tokenTypeIdx ?? 0,
});

export function layOut(given: readonly IToken[]): Layout {
  const reader = new LayoutReader(given);
  while (reader.readNext());
  const { tokens, declared, starts, diagnostics } = reader;
  return { tokens, declared, starts, diagnostics };
}

class LayoutReader implements Layout {
  readonly tokens: IToken[] = [];
  readonly declared = new Set<string>();
  readonly starts: IToken[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private at = 0;
  /** The blocks that are open, the innermost last. */
  private readonly blocks: Block[] = ["file"];
  /** The first word of the statement we are in. */
  private statement: TokenType | undefined;
  /** Before the brace of a strategy and the `when` of an order words such as `limit` and `on` have meanings of their own. */
  private isInHeader = false;
  /** How many `match`es of the statement still wait for the brace of their cases. */
  private matches = 0;
  /** Braces before this place cannot be the strategy's last: declarations follow, and another brace after them. */
  private readonly strategyGoesOn: number;

  constructor(private readonly given: readonly IToken[]) {
    this.strategyGoesOn = lastDeclaration(given);
  }

  /** False at the end. */
  readNext(): boolean {
    const token = this.given[this.at];
    if (token === undefined) return false;
    if (this.skipForeignIf(token)) return true;
    this.at++;
    const meant = this.asStatement(this.firstWord(token));
    if (this.startsHere(meant)) this.start(meant);
    this.follow(meant);
    return true;
  }

  private get block(): Block {
    return this.blocks.at(-1) ?? "file";
  }

  /** Whether a value has just ended, or a block begun: here a statement may start. */
  private get mayStart(): boolean {
    return this.tokens.length === 0 || endsValue(this.tokens, this.tokens.length - 1);
  }

  private report(each: Diagnostic): void {
    this.diagnostics.push(each);
  }

  /** In other languages an `if` has a block. All of it is one mistake. */
  private skipForeignIf(token: IToken): boolean {
    if (token.tokenType !== keyword.if || this.block !== "strategy" || !this.mayStart) return false;
    this.report(diagnostic("BF1010", tokenSpan(token), {}));
    this.skipTo(endOfStatement(this.given, this.at));
    return true;
  }

  /** What is skipped may be named elsewhere all the same. */
  private skipTo(end: number): void {
    for (let i = this.at; i + 1 < end; i++)
      if (this.given[i].tokenType === keyword.let) this.declared.add(this.given[i + 1].image);
    this.at = end;
  }

  /** At the start of a line: the word that is meant, where it is missing or misspelt. */
  private firstWord(token: IToken): IToken {
    const next = this.given[this.at];
    const isBody = this.block === "strategy" || this.block === "definitions";
    const isCandidate = isBody && this.mayStart && isFirstOnLine(token, this.given[this.at - 2]);
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
      this.statement = missing;
      this.declared.add(token.image);
      return token;
    }
    if (token.tokenType !== Identifier || !mayFollowFirstWord(next) || statements.has(token.image))
      return token;
    const text = synonyms.get(token.image) ?? nearest(token.image, firstWords.keys());
    const type = text === undefined ? undefined : firstWords.get(text);
    if (text === undefined || type === undefined) return token;
    const problem = `\`${token.image}\` starts no declaration`;
    const fix = { title: `did you mean \`${text}\`?`, edits: [{ span, text }] };
    this.report(diagnostic("BF1002", span, { problem }, { fix }));
    return retyped(token, type);
  }

  /** A word that starts a statement here and is a name elsewhere. */
  private asStatement(token: IToken): IToken {
    const type = statements.get(token.image);
    const isPlace = this.block === "strategy" || this.block === "file";
    if (type === undefined || !isPlace || this.isInHeader || !this.mayStart) return token;
    return isNaming(this.given[this.at]) ? token : retyped(token, type);
  }

  /** Whether a word starts a statement where it stands; one that cannot stand there closes what was left open. */
  private startsHere({ tokenType }: IToken): boolean {
    if (tokenType === keyword.on && !this.isClock()) return false;
    if (this.isInHeader && this.statement === keyword.strategy && declarationStarts.has(tokenType)) {
      this.blocks.push("strategy");
      return true;
    }
    if (!anyStarts.has(tokenType)) return false;
    const holder = this.blocks.findLastIndex((each) => mayHold(each, tokenType));
    if (holder < 0) return false;
    this.blocks.length = holder + 1;
    return true;
  }

  /** `on` starts a block of a slower clock, but not in the strategy's first line or before `close` and `bar`. */
  private isClock(): boolean {
    return this.block === "strategy" && this.mayStart && opensClock(this.given, this.at);
  }

  private start(token: IToken): void {
    const { tokenType } = token;
    this.statement = tokenType;
    this.matches = 0;
    this.isInHeader = headed.has(tokenType);
    if (this.block === "file" || this.block === "strategy") this.starts.push(token);
    if (declares.has(tokenType)) this.declare();
  }

  /** The names behind `let` and its like: one, several in parentheses, a type and its method, or that of a market. */
  private declare(): void {
    const [first, second, third] = this.given.slice(this.at, this.at + 3);
    if (this.statement === statement.market) {
      // Its name comes last: whatever is wrong before it, whoever reads the market is not to blame.
      const as = this.given.findIndex(({ image }, i) => i >= this.at && i < this.at + 3 && image === "as");
      const name = as < 0 ? second : this.given[as + 1];
      const inOpenText = /\bas\s+(\w+)\s*$/.exec(first?.image ?? "")?.[1];
      if (inOpenText !== undefined) this.declared.add(inOpenText);
      else if (name !== undefined && isNamed(name)) this.declared.add(name.image);
      return;
    }
    if (first?.tokenType === sign.leftParenthesis) {
      for (let i = this.at + 1; isNamed(this.given[i]); i += 2) this.declared.add(this.given[i].image);
      return;
    }
    if (first !== undefined) this.declared.add(first.image);
    if (second?.tokenType === sign.dot && third !== undefined) this.declared.add(third.image);
  }

  /** Hands a token on, with its braces counted. */
  private follow(token: IToken): void {
    const { tokenType } = token;
    if (tokenType === keyword.when) this.isInHeader = false;
    if (tokenType === keyword.match) this.matches++;
    if (tokenType === sign.leftBrace) this.open();
    if (tokenType !== sign.rightBrace) this.tokens.push(token);
    else if (this.block !== "strategy") {
      if (this.blocks.length > 1) this.blocks.pop();
      this.tokens.push(token);
    } else if (this.at <= this.strategyGoesOn) this.report(diagnostic("BF1009", tokenSpan(token), {}));
    else {
      this.blocks.pop();
      this.statement = undefined;
      this.tokens.push(retyped(token, StrategyEnd));
    }
  }

  /** A brace after a value opens the statement's own block, any other a record. */
  private open(): void {
    const last = this.tokens.at(-1);
    const isOwn =
      this.block === "actions" ||
      (endsValue(this.tokens, this.tokens.length - 1) && last?.tokenType !== word.with);
    const own = this.statement === undefined ? undefined : blockOf.get(this.statement);
    if (isOwn && this.matches > 0) {
      this.matches--;
      this.blocks.push("other");
      return;
    }
    this.blocks.push(isOwn ? (own ?? "other") : "other");
    this.isInHeader = false;
  }
}

/** Whether a block is a place for statements that start with a word. */
function mayHold(block: Block, start: TokenType): boolean {
  switch (block) {
    case "file":
      return itemStarts.has(start);
    case "strategy":
      return declarationStarts.has(start);
    case "definitions":
      return definitionStarts.has(start);
    case "actions":
    case "clauses":
    case "test":
    case "other":
      return false;
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

const isNamed = (token: IToken | undefined): boolean => token !== undefined && tokenMatcher(token, NameToken);

/** Whether what stands before a token is a name and no statement. */
const isNaming = (next: IToken | undefined): boolean =>
  next?.tokenType === sign.assign || next?.tokenType === sign.colon;

const mayFollowFirstWord = (token: IToken | undefined): boolean =>
  token !== undefined &&
  (isNamed(token) || [keyword.when, sign.leftBrace, StringLiteral].includes(token.tokenType));

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

/** What stands behind the `on` of another clock: an interval, a market, or an interval of a market. */
function opensClock(tokens: readonly IToken[], at: number): boolean {
  const isOfMarket = isNamed(tokens[at]);
  const brace = isOfMarket && tokens[at + 1]?.tokenType === Interval ? at + 2 : at + 1;
  return (isOfMarket || tokens[at]?.tokenType === Interval) && tokens[brace]?.tokenType === sign.leftBrace;
}

/** Where something starts again that can be read, or that has a message of its own. */
function endOfStatement(tokens: readonly IToken[], start: number): number {
  let open = 0;
  for (let i = start + 1; i < tokens.length; i++) {
    const { tokenType, image } = tokens[i];
    if (tokenType === sign.leftBrace) open++;
    if (tokenType === sign.rightBrace && --open < 0) return i;
    if (open > 0) continue;
    const mayStart = i > start + 1 && endsValue(tokens, i - 1);
    const isStatement = statements.has(image);
    const isClock = tokenType !== keyword.on || opensClock(tokens, i + 1);
    if ((declarationStarts.has(tokenType) && isClock) || (mayStart && isStatement)) return i;
  }
  return tokens.length;
}
