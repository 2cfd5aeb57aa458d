import { Lexer, type ILexingResult, type TokenType } from "chevrotain";
import { once } from "./once.js";
import { operators } from "./operators.js";

/*
 * Tokens are plain objects, as Chevrotain takes them: the lexer works out once for all what follows from their categories, which
 * `createToken` does anew for each.
 */

/** Anything that may serve as a name: identifiers, and the words that are keywords in one place only. */
export const NameToken: TokenType = { name: "NameToken", LABEL: "a name", PATTERN: Lexer.NA };
export const BinaryOperator: TokenType = {
  name: "BinaryOperator",
  LABEL: "an operator",
  PATTERN: Lexer.NA,
};

export const Identifier: TokenType = {
  name: "Identifier",
  LABEL: "a name",
  PATTERN: /[A-Za-z_]\w*/,
  LINE_BREAKS: false,
  CATEGORIES: [NameToken],
};

const operatorIf = (text: string): TokenType[] => (operators.has(text) ? [BinaryOperator] : []);

const words = new Map<string, TokenType>();

/** A name to the lexer, told from one by what it says: so many patterns less to be tried, and to be set up. */
function wordToken(name: string, text: string, CATEGORIES: TokenType[]): TokenType {
  const token = { name, LABEL: `\`${text}\``, PATTERN: Lexer.NA, CATEGORIES };
  words.set(text, token);
  return token;
}

/** A word that is never a name. */
const reserved = (word: string): TokenType => wordToken(`Keyword_${word}`, word, operatorIf(word));

/** A word that has a meaning in one place and is an ordinary name elsewhere: `let stop = …` is fine. */
const contextual = (word: string): TokenType => wordToken(`Word_${word}`, word, [NameToken]);

const symbols: TokenType[] = [];

function symbol(name: string, text: string): TokenType {
  const token = { name, LABEL: `\`${text}\``, PATTERN: text, CATEGORIES: operatorIf(text) };
  symbols.push(token);
  return token;
}

export const keyword = {
  edition: reserved("edition"),
  import: reserved("import"),
  strategy: reserved("strategy"),
  param: reserved("param"),
  require: reserved("require"),
  let: reserved("let"),
  state: reserved("state"),
  fn: reserved("fn"),
  return: reserved("return"),
  set: reserved("set"),
  costs: reserved("costs"),
  enter: reserved("enter"),
  exit: reserved("exit"),
  when: reserved("when"),
  crosses: reserved("crosses"),
  and: reserved("and"),
  or: reserved("or"),
  not: reserved("not"),
  if: reserved("if"),
  then: reserved("then"),
  else: reserved("else"),
  match: reserved("match"),
  for: reserved("for"),
  true: reserved("true"),
  false: reserved("false"),
  none: reserved("none"),
  in: reserved("in"),
  on: reserved("on"),
} as const;

export const word = {
  as: contextual("as"),
  calendar: contextual("calendar"),
  long: contextual("long"),
  short: contextual("short"),
  at: contextual("at"),
  market: contextual("market"),
  open: contextual("open"),
  close: contextual("close"),
  limit: contextual("limit"),
  size: contextual("size"),
  worth: contextual("worth"),
  capped: contextual("capped"),
  of: contextual("of"),
  equity: contextual("equity"),
  stop: contextual("stop"),
  target: contextual("target"),
  take: contextual("take"),
  trail: contextual("trail"),
  by: contextual("by"),
  after: contextual("after"),
  within: contextual("within"),
  good: contextual("good"),
  day: contextual("day"),
  till: contextual("till"),
  cancelled: contextual("cancelled"),
  ioc: contextual("ioc"),
  fok: contextual("fok"),
  pyramid: contextual("pyramid"),
  oco: contextual("oco"),
  unprotected: contextual("unprotected"),
  commission: contextual("commission"),
  slippage: contextual("slippage"),
  carry: contextual("carry"),
  path: contextual("path"),
  through: contextual("through"),
  volume: contextual("volume"),
  latency: contextual("latency"),
  hedging: contextual("hedging"),
  touch: contextual("touch"),
  touched: contextual("touched"),
  profile: contextual("profile"),
  post_only: contextual("post_only"),
  step: contextual("step"),
  log: contextual("log"),
  above: contextual("above"),
  below: contextual("below"),
  bars: contextual("bars"),
  bar: contextual("bar"),
  bps: contextual("bps"),
  ticks: contextual("ticks"),
  tick: contextual("tick"),
  risk: contextual("R"),
  reset: contextual("reset"),
  session: contextual("session"),
  week: contextual("week"),
  month: contextual("month"),
  never: contextual("never"),
  with: contextual("with"),
  where: contextual("where"),
  expect: contextual("expect"),
  assert: contextual("assert"),
  orders: contextual("orders"),
  buy: contextual("buy"),
  sell: contextual("sell"),
  tag: contextual("tag"),
  color: contextual("color"),
  width: contextual("width"),
  style: contextual("style"),
  pane: contextual("pane"),
  each: contextual("each"),
  hold: contextual("hold"),
  top: contextual("top"),
  bottom: contextual("bottom"),
  every: contextual("every"),
  weight: contextual("weight"),
  equal: contextual("equal"),
  inverse_volatility: contextual("inverse_volatility"),
  risk_parity: contextual("risk_parity"),
  minimum_variance: contextual("minimum_variance"),
  shrunk: contextual("shrunk"),
  redistributed: contextual("redistributed"),
  exposure: contextual("exposure"),
  band: contextual("band"),
} as const;

/**
 * Words that start a statement where one can start, and are ordinary names everywhere else: `let limit = …` is fine.
 * `layout.ts` tells which is which, so that the grammar need not.
 */
function starting(word: string): TokenType {
  return { name: `Statement_${word}`, LABEL: `\`${word}\``, PATTERN: Lexer.NA };
}

export const statement = {
  pub: starting("pub"),
  type: starting("type"),
  enum: starting("enum"),
  fills: starting("fills"),
  flatten: starting("flatten"),
  cancel: starting("cancel"),
  limit: starting("limit"),
  alert: starting("alert"),
  plot: starting("plot"),
  test: starting("test"),
  property: starting("property"),
  law: starting("law"),
  golden: starting("golden"),
  market: starting("market"),
  universe: starting("universe"),
  rebalance: starting("rebalance"),
  allow: starting("allow"),
} as const;

/** The words that start a declaration of a strategy, each a place where the parser finds its feet after an error. */
export const declarationKeywords: readonly TokenType[] = [
  keyword.param,
  keyword.require,
  keyword.let,
  keyword.state,
  keyword.on,
  keyword.fn,
  statement.type,
  statement.enum,
  keyword.costs,
  statement.fills,
  keyword.enter,
  keyword.exit,
  statement.flatten,
  statement.cancel,
  statement.limit,
  statement.alert,
  statement.plot,
  statement.test,
  statement.property,
  statement.law,
  statement.golden,
  statement.market,
  statement.universe,
  statement.rebalance,
  statement.allow,
];

/** The words that start a clause of an entry. */
export const clauseWords: readonly TokenType[] = [
  word.size,
  word.stop,
  word.target,
  word.trail,
  word.good,
  word.pyramid,
  word.oco,
  word.unprotected,
];

export const sign = {
  arrow: symbol("Arrow", "->"),
  range: symbol("Range", ".."),
  lessOrEqual: symbol("LessOrEqual", "<="),
  greaterOrEqual: symbol("GreaterOrEqual", ">="),
  equal: symbol("Equal", "=="),
  notEqual: symbol("NotEqual", "!="),
  less: symbol("Less", "<"),
  greater: symbol("Greater", ">"),
  assign: symbol("Assign", "="),
  plus: symbol("Plus", "+"),
  minus: symbol("Minus", "-"),
  times: symbol("Times", "*"),
  divide: symbol("Divide", "/"),
  leftBrace: symbol("LeftBrace", "{"),
  rightBrace: symbol("RightBrace", "}"),
  leftParenthesis: symbol("LeftParenthesis", "("),
  rightParenthesis: symbol("RightParenthesis", ")"),
  leftBracket: symbol("LeftBracket", "["),
  rightBracket: symbol("RightBracket", "]"),
  comma: symbol("Comma", ","),
  colon: symbol("Colon", ":"),
  dot: symbol("Dot", "."),
  question: symbol("Question", "?"),
} as const;

const digits = String.raw`\d[\d_]*`;
export const Percent: TokenType = {
  name: "Percent",
  LABEL: "a percentage",
  PATTERN: new RegExp(`(?:${digits}(?:\\.${digits})?|\\.${digits})%`),
};
export const Interval: TokenType = {
  name: "Interval",
  LABEL: "an interval such as `15m`",
  PATTERN: /\d+(?:mo|ms|[smhdw])\b/,
  LINE_BREAKS: false,
};
export const TimeOfDay: TokenType = {
  name: "TimeOfDay",
  LABEL: "a time of day such as `09:30`",
  PATTERN: /(?:[01]?\d|2[0-3]):[0-5]\d(?!\w)/,
  LINE_BREAKS: false,
};
export const NumberLiteral: TokenType = {
  name: "NumberLiteral",
  LABEL: "a number",
  PATTERN: new RegExp(`(?:${digits}(?:\\.${digits})?|\\.${digits})(?:[eE][+-]?\\d+)?`),
  LINE_BREAKS: false,
};
export const StringLiteral: TokenType = {
  name: "StringLiteral",
  LABEL: "a text in quotes",
  PATTERN: /"(?:[^"\\\n\r]|\\["\\nt])*"/,
  LINE_BREAKS: false,
};

/** Starts like a text, but has no end on its line or an escape that does not exist; read as a text all the same. */
export const BrokenString: TokenType = {
  name: "BrokenString",
  LABEL: "a text in quotes",
  // A brace is more likely the next thing than part of a text that somebody forgot to close.
  PATTERN: /"(?:(?:[^"\\\n\r]|\\.)*"|[^"\\\n\r{]*\\?)/,
  LINE_BREAKS: false,
  CATEGORIES: [StringLiteral],
};

/** What people who come from other languages write; `foreign.ts` says what it is here. */
export const ForeignSign: TokenType = {
  name: "ForeignSign",
  PATTERN: /&&|\|\||!(?!=)|:=|<>|;|#[^\n\r]*|'[^'\n\r]*'|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))/,
  LINE_BREAKS: true,
};

/** The brace that ends a strategy, as against one that ends a block in it; told apart by `layout.ts`. */
export const StrategyEnd: TokenType = { name: "StrategyEnd", LABEL: "`}`", PATTERN: Lexer.NA };

/** Stands where the lexer found nothing of the language. */
export const Unknown: TokenType = { name: "Unknown", LABEL: "an unknown character", PATTERN: Lexer.NA };

const WhiteSpace: TokenType = {
  name: "WhiteSpace",
  PATTERN: /\s+/,
  GROUP: Lexer.SKIPPED,
  LINE_BREAKS: true,
};
const Comment: TokenType = {
  name: "Comment",
  PATTERN: /\/\/[^\n\r]*/,
  LINE_BREAKS: false,
  GROUP: "comments",
};

/** The text of a token that is always written the same. */
export const textOf = ({ LABEL = "" }: TokenType): string => /^`(.+)`$/.exec(LABEL)?.[1] ?? "";

/** A sign that begins with another, such as `<=` with `<`, is looked for before it. */
const longestFirst = symbols.toSorted((a, b) => textOf(b).length - textOf(a).length);

/** In order of precedence of matching. */
export const vocabulary: TokenType[] = [
  WhiteSpace,
  Comment,
  Percent,
  Interval,
  TimeOfDay,
  NumberLiteral,
  StringLiteral,
  BrokenString,
  ForeignSign,
  ...longestFirst,
  Identifier,
  ...words.values(),
  NameToken,
  BinaryOperator,
  ...Object.values(statement),
  StrategyEnd,
  Unknown,
];

/** Every word that means something in a program, as an editor shows it; some are names elsewhere. */
export const languageWords = (): readonly string[] => [...words.keys()];

// Full positions, although only offsets are read: without them Chevrotain leaves out where a token ends.
export const makeLexer = (isValidated: boolean): Lexer =>
  new Lexer(vocabulary, {
    ensureOptimizations: true,
    positionTracking: "full",
    skipValidations: !isValidated,
  });

/** Tokens are looked over for clashes by the tests, not at each start. */
const theLexer = once(() => makeLexer(false));

/** Text → tokens. */
export function tokenize(text: string): ILexingResult {
  const result = theLexer().tokenize(text);
  for (const token of result.tokens) {
    const word = token.tokenType === Identifier ? words.get(token.image) : undefined;
    if (word === undefined) continue;
    token.tokenType = word;
    token.tokenTypeIdx = word.tokenTypeIdx ?? 0;
  }
  return result;
}
