import { Lexer, type TokenType } from "chevrotain";

/*
 * Commands are words between blanks, so every token but `@` ends at one: `1INCH/USDT` is a name and no number.
 */

const ends = String.raw`(?![^\s@])`;
const number = String.raw`(?:\d[\d_]*(?:\.\d+)?|\.\d+)`;

/** Any word that can be a name: of a symbol, a strategy, a venue, an order. */
export const Name: TokenType = { name: "Name", LABEL: "a name", PATTERN: Lexer.NA };

const plain = (name: string, LABEL: string, pattern: string): TokenType => ({
  name,
  LABEL,
  PATTERN: new RegExp(pattern, "i"),
  LINE_BREAKS: false,
});

export const Ratio = plain("Ratio", "a ratio such as 2:1", `${number}:${number}${ends}`);
export const Percent = plain("Percent", "a percentage", `${number}%${ends}`);
export const Money = plain("Money", "an amount such as $80", String.raw`\$${number}[km]?${ends}`);
export const Quantity = plain("Quantity", "a number", `${number}[km]?${ends}`);
export const At: TokenType = { name: "At", LABEL: "`@`", PATTERN: /@/, LINE_BREAKS: false };

/** An option has a letter behind its sign; `-5` is none. */
export const UnknownOption = plain("UnknownOption", "an option", String.raw`--?[a-z][\w-]*${ends}`);
export const Word: TokenType = {
  name: "Word",
  LABEL: "a name",
  PATTERN: /[^\s@]+/,
  LINE_BREAKS: false,
  CATEGORIES: [Name],
};
const Blank: TokenType = { name: "Blank", PATTERN: /\s+/, GROUP: Lexer.SKIPPED, LINE_BREAKS: true };

/** Words by what they say in lower case; all but the first of a command may be names as well. */
export const words = new Map<string, TokenType>();

function word(...texts: readonly [string, ...string[]]): TokenType {
  const [first] = texts;
  const token = { name: `Word_${first}`, LABEL: `\`${first}\``, PATTERN: Lexer.NA, CATEGORIES: [Name] };
  for (const text of texts) words.set(text, token);
  return token;
}

export const verb = {
  buy: word("buy", "long"),
  sell: word("sell", "short"),
  close: word("close"),
  cancel: word("cancel"),
  positions: word("positions", "pos"),
  orders: word("orders"),
  pnl: word("pnl"),
  balance: word("balance"),
  status: word("status"),
  gates: word("gates"),
  why: word("why"),
  pause: word("pause"),
  resume: word("resume"),
  reduce: word("reduce"),
  halt: word("halt"),
  kill: word("kill"),
  flatten: word("flatten"),
  confirm: word("confirm", "yes"),
  help: word("help"),
  quit: word("quit", "exit"),
} as const;

export const inner = {
  all: word("all"),
  stop: word("stop"),
  limit: word("limit"),
  market: word("market"),
  risk: word("risk"),
  today: word("today"),
  week: word("week"),
  month: word("month"),
  year: word("year"),
  gtc: word("gtc"),
  day: word("day"),
  ioc: word("ioc"),
  fok: word("fok"),
} as const;

function optionToken(name: string): TokenType {
  const token = { name: `Option_${name}`, LABEL: `\`-${name}\``, PATTERN: Lexer.NA };
  options.set(name, token);
  return token;
}

/** Options by their names, without the sign in front of them. */
export const options = new Map<string, TokenType>();

export const option = {
  sl: optionToken("sl"),
  tp: optionToken("tp"),
  tsl: optionToken("tsl"),
  e: optionToken("e"),
  s: optionToken("s"),
  tif: optionToken("tif"),
  post: optionToken("post"),
  reduce: optionToken("reduce"),
} as const;

/** Longer names of the same. */
for (const [name, token] of [
  ["stop", option.sl],
  ["target", option.tp],
  ["trail", option.tsl],
  ["venue", option.e],
  ["exchange", option.e],
  ["strategy", option.s],
] as const)
  options.set(name, token);

/** In the order in which they are tried. */
const read = [Blank, At, Ratio, Percent, Money, Quantity, UnknownOption, Word];

export const vocabulary: TokenType[] = [...read, Name, ...new Set([...words.values(), ...options.values()])];
