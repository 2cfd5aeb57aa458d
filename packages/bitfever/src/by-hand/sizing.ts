import { BitFeverError, type CloseCommand, type Level, type TradeCommand } from "@bitfever/lang";
import { portionOf, type Order, type Side } from "@bitfever/engine";
import { byHand, type HandLevel, type HandOrder, type Instrument } from "@bitfever/runtime";

/** What an order is sized by. */
export interface Market {
  readonly symbol: string;
  readonly instrument: Instrument;
  /** The newest close; null before the first. */
  readonly price: number | null;
  /** Decimal money of the account for a unit and a price point. */
  readonly moneyPerPoint: number;
  /** Of the whole account, in decimal money. */
  readonly equity: number;
  /** By whom the order is booked, in lots: above zero long. */
  readonly held: number;
}

/** An order with what it was made of, in decimals, for who has to say whether it is meant. */
export interface SizedOrder {
  readonly order: HandOrder;
  /** At which it is reckoned. */
  readonly reference: number;
  readonly quantity: number;
  /** At that price, in decimal money. */
  readonly worth: number;
  /** What of what is held it closes first, without sign. */
  readonly closes: number;
  /** Where what protects it would stand, were it filled at that price. */
  readonly stop: number | null;
  readonly target: number | null;
}

/** A slip of the pen, or somebody who has taken the account for another: no gate has to be there for that. */
const mostTimesEquity = 100;

/**
 * An order in a person's words as one that can be sent: rounded to whole lots, never up, and to ticks. What is held by hand on the other
 * side is closed first; an order for no more than that only closes.
 *
 * @throws BitFeverError BF5335 for one that comes to nothing, or to what cannot be meant
 */
export function sizedTrade(command: TradeCommand, market: Market): SizedOrder {
  const { side, entry, duration, isPostOnly, isReduceOnly } = command;
  const { symbol, instrument, moneyPerPoint, equity, held } = market;
  const last = known(market);
  const away = side === "buy" ? 1 : -1;
  const reference = entry.type === "market" ? last : entry.type === "stop_limit" ? entry.limit : entry.price;
  const perUnit = reference * moneyPerPoint;
  const units = unitsOf(command, reference, moneyPerPoint, equity);
  const lots = counted(units, instrument, symbol);
  const opposite = Math.max(0, -away * held);
  if (isReduceOnly && opposite === 0)
    throw unsized(
      `nothing is held that a ${side} of ${symbol} would reduce`,
      "positions tells what there is",
    );
  const isClosing = opposite > 0 && (isReduceOnly || lots <= opposite);
  const quantity = isClosing ? Math.min(lots, opposite) : lots - opposite;
  const protections = isClosing ? protectsNothing(command) : protectionOf(command, reference, instrument);
  const decimal = instrument.quantityDecimal(quantity);
  const worth = decimal * perUnit;
  if (!isClosing && worth > mostTimesEquity * Math.max(0, equity))
    throw unsized(
      `${decimal} of ${symbol} is worth more than ${mostTimesEquity} times the account`,
      "check the amount: units stand before the symbol, money behind it",
    );
  return {
    order: {
      ...{ strategy: byHand, symbol, side, purpose: isClosing ? "exit" : "enter", quantity },
      ...entryOf(command, instrument),
      ...(duration !== "gtc" && { duration: { kind: duration } }),
      ...(isPostOnly && { isPostOnly: true as const }),
      ...protections.given,
    },
    ...{ reference, quantity: decimal, worth },
    closes: instrument.quantityDecimal(isClosing ? quantity : opposite),
    ...{ stop: protections.stop, target: protections.target },
  };
}

function unitsOf(
  { amount, stop, trail }: TradeCommand,
  reference: number,
  moneyPerPoint: number,
  equity: number,
): number {
  const perUnit = reference * moneyPerPoint;
  switch (amount.kind) {
    case "units":
      return amount.value;
    case "money":
      return amount.value / perUnit;
    case "equity":
      return (amount.value * equity) / perUnit;
    case "risk": {
      // The stop that is nearer is met first.
      const away =
        stop === null
          ? Infinity
          : stop.kind === "share"
            ? reference * stop.value
            : Math.abs(reference - stop.value);
      const risk = Math.min(away, trail === null ? Infinity : reference * trail);
      return (amount.of === "money" ? amount.value : amount.value * equity) / (risk * moneyPerPoint);
    }
  }
}

/**
 * An order that closes what is held, or a part of it.
 *
 * @param strategy  whose it is
 * @throws BitFeverError BF5335 where that comes to nothing, or to more than is held
 */
export function sizedClose({ amount, price }: CloseCommand, strategy: string, market: Market): SizedOrder {
  const { symbol, instrument, moneyPerPoint, held } = market;
  const reference = price ?? known(market);
  const all = Math.abs(held);
  const side: Side = held > 0 ? "sell" : "buy";
  const lots =
    amount.kind === "share"
      ? amount.value === 1
        ? all
        : portionOf(instrument, all, amount.value)
      : instrument.quantity(amount.value);
  if (!(lots > 0))
    throw unsized(
      `${amount.kind === "share" ? `${amount.value * 100}% of ${instrument.quantityDecimal(all)}` : amount.value} of ${symbol} is no whole lot`,
      smallest(instrument),
    );
  if (lots > all)
    throw unsized(
      `only ${instrument.quantityDecimal(all)} of ${symbol} is held`,
      "close it without an amount",
    );
  const quantity = instrument.quantityDecimal(lots);
  return {
    order: {
      ...{ strategy, symbol, side, purpose: "exit", quantity: lots },
      ...(price === null
        ? { type: "market", price: null }
        : { type: "limit", price: limitPrice(price, side, instrument) }),
    },
    ...{ reference, quantity, worth: quantity * reference * moneyPerPoint, closes: quantity },
    ...{ stop: null, target: null },
  };
}

function known({ symbol, price }: Market): number {
  if (price !== null && price > 0) return price;
  throw unsized(`no price of ${symbol} is known yet`, "wait for its first bar");
}

function counted(units: number, instrument: Instrument, symbol: string): number {
  const lots = Number.isFinite(units) ? instrument.quantity(units) : Infinity;
  if (!(lots > 0))
    throw unsized(
      `it comes to ${Number(units.toPrecision(6))} of ${symbol}, which is no whole lot`,
      smallest(instrument),
    );
  // Beyond that lots are not counted one by one any more.
  if (lots > Number.MAX_SAFE_INTEGER / 2)
    throw unsized(`so much of ${symbol} cannot be counted`, "check the amount");
  return lots;
}

function smallest(instrument: Instrument): string {
  const { lotSteps } = instrument;
  return lotSteps === 0 ? "give more" : `the smallest order is ${instrument.quantityDecimal(lotSteps)}`;
}

function entryOf(
  { side, entry }: TradeCommand,
  instrument: Instrument,
): Pick<HandOrder, "type" | "price" | "limit"> {
  switch (entry.type) {
    case "market":
      return { type: "market", price: null };
    case "limit":
      return { type: "limit", price: limitPrice(entry.price, side, instrument) };
    case "stop":
      return { type: "stop", price: stopPrice(entry.price, side, instrument) };
    case "stop_limit":
      return {
        type: "stop_limit",
        price: stopPrice(entry.price, side, instrument),
        limit: limitPrice(entry.limit, side, instrument),
      };
  }
}

interface Protection {
  readonly given: Pick<HandOrder, "stop" | "target" | "trail">;
  readonly stop: number | null;
  readonly target: number | null;
}

function protectsNothing({ symbol, stop, target, trail }: TradeCommand): Protection {
  if (stop !== null || target !== null || trail !== null)
    throw unsized(
      `this only closes what is held of ${symbol}, and opens nothing that could be protected`,
      "leave -sl, -tp and -tsl out",
    );
  return { given: {}, stop: null, target: null };
}

/** Shares are of the price at which the entry fills; prices are as they are given, on the side where they make sense. */
function protectionOf(
  { side, symbol, stop, target, trail }: TradeCommand,
  reference: number,
  instrument: Instrument,
): Protection {
  const away = side === "buy" ? 1 : -1;
  const back: Side = side === "buy" ? "sell" : "buy";
  const at = ({ kind, value }: Level, direction: 1 | -1): number =>
    kind === "price" ? value : reference * (1 + direction * away * value);
  const stopAt = stop === null ? (trail === null ? null : reference * (1 - away * trail)) : at(stop, -1);
  const risk = stopAt === null ? NaN : Math.abs(reference - stopAt);
  const targetAt =
    target === null
      ? null
      : target.kind === "reward"
        ? reference + away * target.value * risk
        : at(target, 1);
  for (const [name, price, direction] of [
    ["stop", stopAt, -1],
    ["target", targetAt, 1],
  ] as const) {
    if (price === null) continue;
    if (!(price > 0) || direction * away * (price - reference) <= 0)
      throw unsized(
        `a ${name} of ${symbol} at ${Number(price.toPrecision(8))} is not ${direction * away > 0 ? "above" : "below"} ${reference}${price > 0 ? "" : ", or below zero"}`,
        "check where the price is: the newest is what an order at the market is reckoned with",
      );
  }
  const offset = (ratio: number): HandLevel => ({ offset: { distance: ratio, unit: "ratio" } });
  const stopLevel =
    stop === null || stopAt === null
      ? undefined
      : stop.kind === "share"
        ? offset(stop.value)
        : { price: stopPrice(stopAt, back, instrument) };
  const isRelative = target?.kind === "share" || (target?.kind === "reward" && stop?.kind !== "price");
  const targetLevel =
    target === null || targetAt === null
      ? undefined
      : isRelative
        ? offset(Math.abs(targetAt - reference) / reference)
        : { price: limitPrice(targetAt, back, instrument) };
  return {
    given: {
      ...(stopLevel && { stop: stopLevel }),
      ...(targetLevel && { target: targetLevel }),
      ...(trail !== null && { trail }),
    },
    ...{ stop: stopAt, target: targetAt },
  };
}

/** A limit is rounded to the better price, a stop to the later one. */
const limitPrice = (price: number, side: Order["side"], instrument: Instrument): number =>
  instrument.price(price, side === "buy" ? "down" : "up");
const stopPrice = (price: number, side: Order["side"], instrument: Instrument): number =>
  instrument.price(price, side === "buy" ? "up" : "down");

const unsized = (what: string, hint: string): BitFeverError => new BitFeverError("BF5335", what, { hint });
