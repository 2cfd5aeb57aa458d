import { EOF, Lexer, type IToken } from "chevrotain";
import { BitFeverError } from "../error.js";
import { nearest } from "../nearest.js";
import { once } from "../once.js";
import { printable } from "../printable.js";
import { checkedCommand, CommandMistake } from "./checked-command.js";
import { RepeatedOption, theCommandParser } from "./parser.js";
import { options, UnknownOption, verb, vocabulary, Word, words } from "./tokens.js";
import type { TradingCommand } from "./trading-command.js";

/** Longer than anything that somebody types. */
const longestCommand = 500;

/** How each command is written, by its verb. */
export const commandForms: Readonly<Record<string, string>> = {
  buy: "buy btc 80, buy 0.5 eth @ 2400 -sl 3% -tp 2:1, buy eth 5% -tsl 2.8, buy btc risk 1% -sl 3%",
  sell: "sell btc 80, sell 0.5 eth @ 2400 -sl 3%",
  close: "close btc, close btc 50%, close all",
  cancel: "cancel ID, cancel btc, cancel all",
  positions: "positions, positions btc",
  orders: "orders, orders btc",
  pnl: "pnl today, pnl week, pnl month, pnl year, pnl all",
  balance: "balance",
  status: "status",
  gates: "gates",
  why: "why ID",
  pause: "pause NAME, pause all",
  resume: "resume NAME, resume all",
  reduce: "reduce",
  halt: "halt",
  kill: "kill, kill flatten",
  flatten: "flatten NAME, flatten all",
  confirm: "confirm TOKEN",
  help: "help, help buy",
  quit: "quit",
};

/** They take no room: what is read would not be what is seen. */
const hidden = /[\u00ad\u200b-\u200f\u2060-\u2064]/;

const theLexer = once(
  () => new Lexer(vocabulary, { ensureOptimizations: false, positionTracking: "onlyOffset" }),
);

/**
 * Reads what a person asks of an account, wherever it was typed: keyboard, chat or web.
 *
 * @param text  one line; words and options in any case
 * @throws BitFeverError BF5330 for what cannot be read, with what was expected there; BF5331 for an order that cannot be meant
 * @example
 * readCommand("buy 0.5 eth @ 2400 -sl 3% -tp 2:1");
 */
export function readCommand(text: string): TradingCommand {
  const line = text.trim();
  if (line === "") throw unreadable("there is no command", "help tells what there is");
  if (line.length > longestCommand)
    throw unreadable(`a command of ${line.length} characters`, `at most ${longestCommand} are read`);
  // Several lines are several commands, and who sent them may have meant only one to be seen.
  if (/[\n\r\u2028\u2029]/.test(line)) throw unreadable("a command is one line", "send one after the other");
  if (printable(line, Infinity) !== line || hidden.test(line))
    throw unreadable("a character in it cannot be seen", "type it anew");
  const tokens = tokensOf(line);
  const [first] = tokens;
  if (!isVerb(first)) throw unknownVerb(first);
  const unknown = tokens.find(({ tokenType }) => tokenType === UnknownOption);
  if (unknown !== undefined) throw unknownOption(unknown);
  const parser = theCommandParser();
  parser.input = tokens;
  try {
    const written = parser.command();
    const [error] = parser.errors;
    if (error !== undefined) throw misread(error.token, JSON.parse(error.message) as string[], first);
    return checkedCommand(written);
  } catch (error) {
    if (error instanceof RepeatedOption)
      throw unreadable(`${quoted(error.token)} is given twice`, "give it once");
    if (error instanceof CommandMistake)
      throw new BitFeverError("BF5331", error.message, { hint: error.hint });
    throw error;
  }
}

function tokensOf(line: string): IToken[] {
  const { tokens } = theLexer().tokenize(line);
  for (const token of tokens) {
    const text = token.image.toLowerCase();
    const meant =
      token.tokenType === Word
        ? words.get(text)
        : token.tokenType === UnknownOption
          ? options.get(text.replace(/^-+/, ""))
          : undefined;
    if (meant === undefined) continue;
    token.tokenType = meant;
    token.tokenTypeIdx = meant.tokenTypeIdx ?? 0;
  }
  return tokens;
}

const verbs = new Set(Object.values(verb));
const isVerb = ({ tokenType }: IToken): boolean => verbs.has(tokenType);

function unknownVerb(token: IToken): BitFeverError {
  const close = nearest(token.image.toLowerCase(), Object.keys(commandForms));
  return unreadable(
    `${quoted(token)} is no command`,
    close === undefined
      ? "help tells what there is"
      : `did you mean \`${close}\`? It is written: ${commandForms[close]}`,
  );
}

function unknownOption(token: IToken): BitFeverError {
  const name = token.image.toLowerCase().replace(/^-+/, "");
  const close = nearest(name, [...options.keys()]);
  return unreadable(
    `there is no option ${quoted(token)}`,
    close === undefined
      ? "the options are -sl, -tp, -tsl, -tif, -post, -reduce, -e and -s"
      : `did you mean \`-${close}\`?`,
  );
}

function misread(token: IToken, expected: readonly string[], first: IToken): BitFeverError {
  const found = token.tokenType === EOF ? "the end" : quoted(token);
  const form = commandForms[(words.get(first.image.toLowerCase())?.LABEL ?? "").replaceAll("`", "")];
  const hint = form === undefined ? undefined : `it is written: ${form}`;
  if (/^\$?\d{1,3}(,\d{3})+(\.\d+)?$/.test(token.image))
    return unreadable(`${found} has commas in it`, `write it as ${token.image.replaceAll(",", "")}`);
  return unreadable(
    expected.length === 0 ? `${found} cannot follow there` : `expected ${oneOf(expected)}, found ${found}`,
    hint,
  );
}

const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? names[0] : `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;

const quoted = ({ image }: IToken): string => `\`${printable(image, 40)}\``;

const unreadable = (what: string, hint: string | undefined): BitFeverError =>
  new BitFeverError("BF5330", what, { hint });
