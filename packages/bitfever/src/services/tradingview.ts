import { BitFeverError } from "@bitfever/lang";

/** What an alert of TradingView says; who it is from has been looked at before. */
export interface AlertMessage {
  readonly secret: string | null;
  /** Milliseconds UTC, of `{{timenow}}`; NaN where it says none. */
  readonly time: number;
  /** As somebody would type it. */
  readonly words: string;
}

/** One word of a command: a field of an alert is no place for an option. */
const word = /^[\w.$%:/][\w.$%:/-]{0,39}$/;

/**
 * Reads the message of an alert: `command` in words, or the fields that TradingView fills in.
 *
 * @throws BitFeverError BF5330 for what is no such message
 * @example
 * readAlert('{"secret":"…","time":"{{timenow}}","action":"{{strategy.order.action}}","ticker":"{{ticker}}","contracts":"{{strategy.order.contracts}}"}');
 */
export function readAlert(body: string): AlertMessage {
  const fields = fieldsOf(body);
  const secret = textOf(fields, "secret");
  const time = textOf(fields, "time");
  return { secret, time: time === null ? NaN : timeOf(time), words: wordsOf(fields) };
}

function fieldsOf(body: string): ReadonlyMap<string, unknown> {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    throw unreadable(
      "the message is no JSON",
      'write it as {"secret":"…","time":"{{timenow}}","command":"buy btc 80"}',
    );
  }
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw unreadable("the message is no object of JSON", "put its fields into braces");
  return new Map(Object.entries(read));
}

function wordsOf(fields: ReadonlyMap<string, unknown>): string {
  const command = textOf(fields, "command");
  if (command !== null) return command;
  const required = (name: string): string => {
    const found = wordOf(fields, name);
    if (found === null) throw unreadable(`the message says no \`${name}\``, "say it, or give a `command`");
    return found;
  };
  const action = required("action").toLowerCase();
  if (action !== "buy" && action !== "sell" && action !== "close")
    throw unreadable(`\`${action}\` is no action`, "it is buy, sell or close");
  const symbol = symbolOf(required("ticker"));
  const contracts = wordOf(fields, "contracts");
  const money = wordOf(fields, "money");
  if (action === "close") return ["close", symbol, ...(contracts === null ? [] : [contracts])].join(" ");
  if ((contracts === null) === (money === null))
    throw unreadable("the message says `contracts` or `money`, and one of them", "leave one of them out");
  const amount = contracts === null ? [symbol, money ?? ""] : [contracts, symbol];
  const options = [
    ["price", "@"],
    ["stop", "-sl"],
    ["target", "-tp"],
    ["trail", "-tsl"],
  ].flatMap(([name, sign]) => {
    const value = wordOf(fields, name);
    return value === null ? [] : [sign, value];
  });
  return [action, ...amount, ...options].join(" ");
}

/** `BINANCE:BTCUSDT.P` is the perpetual contract that its exchange calls BTCUSDT. */
const symbolOf = (ticker: string): string => ticker.replace(/^[^:]*:/, "").replace(/\.P$/i, "");

/** TradingView says the time as ISO-8601; others may say milliseconds. */
const timeOf = (text: string): number => (/^\d{12,14}$/.test(text) ? Number(text) : Date.parse(text));

function textOf(fields: ReadonlyMap<string, unknown>, name: string): string | null {
  const value = fields.get(name);
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw unreadable(`\`${name}\` is neither text nor a number`, "write it in quotation marks");
}

function wordOf(fields: ReadonlyMap<string, unknown>, name: string): string | null {
  const text = textOf(fields, name);
  if (text !== null && !word.test(text))
    throw unreadable(`\`${name}\` is not one word`, "give a number or a name");
  return text;
}

const unreadable = (what: string, hint: string): BitFeverError => new BitFeverError("BF5330", what, { hint });
