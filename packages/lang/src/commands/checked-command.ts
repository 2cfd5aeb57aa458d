import type { Options, Written } from "./parser.js";
import type { CloseCommand, EntryForm, Level, TradeCommand, TradingCommand } from "./trading-command.js";

/** What can be read, and cannot be meant. */
export class CommandMistake extends Error {
  constructor(
    what: string,
    readonly hint: string,
  ) {
    super(what);
  }
}

/**
 * A command that makes sense by itself, whatever the market says.
 *
 * @throws CommandMistake where it does not
 */
export function checkedCommand(written: Written): TradingCommand {
  switch (written.kind) {
    case "trade":
      return trade(written);
    case "close":
      return close(written);
    case "cancel":
      return { kind: "cancel", of: nameOf(written.of), ...addressed(written.options, "cancel") };
    case "positions":
    case "orders": {
      const { kind, of, options } = written;
      return { kind, symbol: nameOf(of), ...addressed(options, kind) };
    }
    case "pause":
    case "resume":
    case "flatten":
      return { kind: written.kind, strategy: nameOf(written.strategy) };
    default:
      return written;
  }
}

/** `all` is nobody's name. */
const nameOf = (name: string | null): string | null => (name?.toLowerCase() === "all" ? null : name);

function trade(written: Extract<Written, { kind: "trade" }>): TradeCommand {
  const { kind, side, symbol, options } = written;
  checkSymbol(symbol);
  const amount = written.amount;
  const entry = written.entry;
  if (!(amount.value > 0))
    throw new CommandMistake("an amount of nothing", "say how much: `buy btc 80`, or `buy 0.5 eth`");
  for (const price of pricesOf(entry)) checkPrice(price);
  const stop = options.stop ?? null;
  const trail = options.trail ?? null;
  const target = options.target ?? null;
  if (stop !== null) checkLevel(stop, "stop");
  if (trail !== null && !(trail > 0 && trail < 1))
    throw new CommandMistake(
      "a trailing stop follows by more than 0% and less than 100%",
      "such as `-tsl 2.8`",
    );
  if (amount.kind === "risk" && stop === null && trail === null)
    throw new CommandMistake("what is at risk ends at a stop", "give one: `buy btc risk 1% -sl 3%`");
  if (target?.kind === "reward") {
    if (!(target.value > 0 && Number.isFinite(target.value)))
      throw new CommandMistake("a target of nothing", "say how many times the risk: `-tp 2:1`");
    if (stop === null && trail === null)
      throw new CommandMistake(
        "a target of so many times the risk needs a stop",
        "give one too: `-sl 3% -tp 2:1`",
      );
  } else if (target !== null) checkLevel(target, "target");
  const reference = entryPrice(entry);
  if (reference !== null) checkSides(side, reference, stop, target);
  const isPostOnly = options.postOnly !== undefined;
  if (isPostOnly && entry.type !== "limit")
    throw new CommandMistake("only a limit can be for makers alone", "give a price: `@ 2400 -post`");
  const duration = options.duration ?? "gtc";
  if (isPostOnly && (duration === "ioc" || duration === "fok"))
    throw new CommandMistake(`-post waits and -tif ${duration} does not`, "leave one of them out");
  const isReduceOnly = options.reduceOnly !== undefined;
  if (isReduceOnly && (stop !== null || target !== null || trail !== null))
    throw new CommandMistake("what only reduces opens nothing to protect", "leave -sl, -tp and -tsl out");
  return {
    ...{ kind, side, symbol, amount, entry, stop, target, trail, duration, isPostOnly, isReduceOnly },
    venue: options.venue ?? null,
    strategy: options.strategy ?? null,
  };
}

function close(written: Extract<Written, { kind: "close" }>): CloseCommand {
  const { kind, options } = written;
  const symbol = nameOf(written.symbol);
  if (symbol !== null) checkSymbol(symbol);
  const amount = written.amount ?? { kind: "share", value: 1 };
  const price = written.price;
  if (!(amount.value > 0) || (amount.kind === "share" && amount.value > 1))
    throw new CommandMistake(
      "more than nothing and at most all of it can be closed",
      "such as `close btc 50%`",
    );
  if (symbol === null && (amount.kind === "units" || price !== null))
    throw new CommandMistake("units and prices are of one symbol", "name it: `close btc 0.5 @ 64000`");
  if (price !== null) checkPrice(price);
  return { kind, symbol, amount, price, ...addressed(options, "close") };
}

/** Letters of other alphabets look like those of a symbol, and are others. */
function checkSymbol(symbol: string): void {
  if (!/^[\x21-\x7e]+$/.test(symbol))
    throw new CommandMistake("a symbol has other letters than it seems", "type it anew, in Latin letters");
}

/** Of the options only those that say where. */
function addressed(
  { venue, strategy, ...others }: Options,
  name: string,
): Pick<TradeCommand, "venue" | "strategy"> {
  if (Object.keys(others).length > 0)
    throw new CommandMistake(`\`${name}\` takes -e and -s alone`, "leave the other options out");
  return { venue: venue ?? null, strategy: strategy ?? null };
}

function pricesOf(entry: EntryForm): readonly number[] {
  switch (entry.type) {
    case "market":
      return [];
    case "stop_limit":
      return [entry.price, entry.limit];
    default:
      return [entry.price];
  }
}

/** At which price it would be entered, where that is known. */
function entryPrice(entry: EntryForm): number | null {
  if (entry.type === "market") return null;
  return entry.type === "stop_limit" ? entry.limit : entry.price;
}

function checkPrice(price: number): void {
  if (!(price > 0)) throw new CommandMistake("a price of nothing", "prices are above zero: `@ 2400`");
}

function checkLevel({ kind, value }: Level, name: string): void {
  if (!(value > 0) || (kind === "share" && value >= 1 && name === "stop"))
    throw new CommandMistake(
      `a ${name} stands more than nothing away${name === "stop" ? ", and less than all of it" : ""}`,
      name === "stop" ? "such as `-sl 3%`, or a price" : "such as `-tp 6%`, `-tp 2:1`, or a price",
    );
}

/** A stop that is met at once, or a target that is, is a slip of the pen. */
function checkSides(
  side: TradeCommand["side"],
  entry: number,
  stop: Level | null,
  target: TradeCommand["target"],
): void {
  const away = side === "buy" ? 1 : -1;
  const [below, above] = side === "buy" ? ["below", "above"] : ["above", "below"];
  if (stop?.kind === "price" && away * stop.value >= away * entry)
    throw new CommandMistake(
      `the stop at ${stop.value} is not ${below} the entry at ${entry}`,
      "check the two prices",
    );
  if (target?.kind === "price" && away * target.value <= away * entry)
    throw new CommandMistake(
      `the target at ${target.value} is not ${above} the entry at ${entry}`,
      "check the two prices",
    );
}
