import { createToken, Lexer, type TokenType } from "chevrotain";
import { operators } from "./operators.js";

/** Anything that may serve as a name: identifiers, and the words that are keywords in one place only. */
export const NameToken = createToken({ name: "NameToken", label: "a name", pattern: Lexer.NA });
export const BinaryOperator = createToken({
  name: "BinaryOperator",
  label: "an operator",
  pattern: Lexer.NA,
});

export const Identifier = createToken({
  name: "Identifier",
  label: "a name",
  pattern: /[A-Za-z_]\w*/,
  categories: NameToken,
});

const all: TokenType[] = [];

const categories = (word: string, others: TokenType[]): TokenType[] =>
  operators.has(word) ? [...others, BinaryOperator] : others;

/** A word that is never a name. */
function reserved(word: string): TokenType {
  const token = createToken({
    name: `Keyword_${word}`,
    label: `\`${word}\``,
    pattern: word,
    longer_alt: Identifier,
    categories: categories(word, []),
  });
  all.push(token);
  return token;
}

/** A word that has a meaning in one place and is an ordinary name elsewhere: `let stop = …` is fine. */
function contextual(word: string): TokenType {
  const token = createToken({
    name: `Word_${word}`,
    label: `\`${word}\``,
    pattern: word,
    longer_alt: Identifier,
    categories: [NameToken],
  });
  all.push(token);
  return token;
}

function symbol(name: string, text: string): TokenType {
  const token = createToken({ name, label: `\`${text}\``, pattern: text, categories: categories(text, []) });
  all.push(token);
  return token;
}

export const keyword = {
  edition: reserved("edition"),
  strategy: reserved("strategy"),
  param: reserved("param"),
  require: reserved("require"),
  let: reserved("let"),
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
  true: reserved("true"),
  false: reserved("false"),
  in: reserved("in"),
  on: reserved("on"),
} as const;

export const word = {
  long: contextual("long"),
  short: contextual("short"),
  size: contextual("size"),
  capped: contextual("capped"),
  of: contextual("of"),
  equity: contextual("equity"),
  stop: contextual("stop"),
  target: contextual("target"),
  at: contextual("at"),
  unprotected: contextual("unprotected"),
  commission: contextual("commission"),
  slippage: contextual("slippage"),
  step: contextual("step"),
  log: contextual("log"),
  above: contextual("above"),
  below: contextual("below"),
  bars: contextual("bars"),
  bar: contextual("bar"),
  bps: contextual("bps"),
  ticks: contextual("ticks"),
  tick: contextual("tick"),
} as const;

/** The words that start a declaration, each a place where the parser finds its feet again after an error. */
export const declarationKeywords = [
  keyword.param,
  keyword.require,
  keyword.let,
  keyword.costs,
  keyword.enter,
  keyword.exit,
] as const;

/** The words that start a clause of an entry. */
export const clauseWords = [word.size, word.stop, word.target, word.unprotected] as const;

export const sign = {
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
} as const;

const digits = String.raw`\d[\d_]*`;
export const Percent = createToken({
  name: "Percent",
  label: "a percentage",
  pattern: new RegExp(`(?:${digits}(?:\\.${digits})?|\\.${digits})%`),
});
export const Interval = createToken({
  name: "Interval",
  label: "an interval such as `15m`",
  pattern: /\d+(?:mo|ms|[smhdw])\b/,
});
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  label: "a number",
  pattern: new RegExp(`(?:${digits}(?:\\.${digits})?|\\.${digits})(?:[eE][+-]?\\d+)?`),
});
export const StringLiteral = createToken({
  name: "StringLiteral",
  label: "a text in quotes",
  pattern: /"(?:[^"\\\n\r]|\\["\\nt])*"/,
});

/** Starts like a text, but has no end on its line or an escape that does not exist; read as a text all the same. */
export const BrokenString = createToken({
  name: "BrokenString",
  label: "a text in quotes",
  // A brace is more likely the next thing than part of a text that somebody forgot to close.
  pattern: /"(?:(?:[^"\\\n\r]|\\.)*"|[^"\\\n\r{]*\\?)/,
  categories: StringLiteral,
});

/** What people who come from other languages write; `foreign.ts` says what it is here. */
export const ForeignSign = createToken({
  name: "ForeignSign",
  pattern: /&&|\|\||!(?!=)|:=|<>|;|#[^\n\r]*|'[^'\n\r]*'|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))/,
  line_breaks: true,
});

/** The brace that ends a strategy, as against one that ends a block in it; told apart by `layout.ts`. */
export const StrategyEnd = createToken({ name: "StrategyEnd", label: "`}`", pattern: Lexer.NA });

/** Stands where the lexer found nothing of the language. */
export const Unknown = createToken({ name: "Unknown", label: "an unknown character", pattern: Lexer.NA });

const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /\s+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
const Comment = createToken({ name: "Comment", pattern: /\/\/[^\n\r]*/, group: "comments" });

/** The text of a token that is always written the same. */
export const textOf = ({ PATTERN }: TokenType): string => (typeof PATTERN === "string" ? PATTERN : "");

/** In order of precedence of matching. */
export const vocabulary: TokenType[] = [
  WhiteSpace,
  Comment,
  Percent,
  Interval,
  NumberLiteral,
  StringLiteral,
  BrokenString,
  ForeignSign,
  ...all,
  Identifier,
  NameToken,
  BinaryOperator,
  StrategyEnd,
  Unknown,
];

// Full positions, although only offsets are read: without them Chevrotain leaves out where a token ends.
export const lexer = new Lexer(vocabulary, { ensureOptimizations: true, positionTracking: "full" });
