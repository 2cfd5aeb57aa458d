import {
  BitFeverError,
  type ColumnId,
  type PlannedEnter,
  type PlannedExit,
  type PlannedForm,
  type PlannedPrice,
} from "@bitfever/lang";
import { portionOf, type Instrument, type Order, type Side, type TradeSide } from "@bitfever/engine";
import type { CloseTrail } from "./trails.js";

/** What a rule knows at the close of the bar on which its condition came true. */
export interface DecisionContext {
  readonly value: (column: ColumnId) => number;
  readonly instrument: Instrument;
  /** Decimal money of the account for a unit and a price point. */
  readonly moneyPerPoint: () => number;
  readonly equity: number;
  readonly close: number;
  /** When the bar was over, in milliseconds UTC. */
  readonly closeTime: () => number;
  readonly id: string;
}

export type PlannedOrder =
  | { readonly kind: "order"; readonly order: Order; readonly trail: CloseTrail | null }
  /** A price or the size has no value on this bar. */
  | { readonly kind: "absent" }
  /**
   * Nothing sensible can be sent: no size is left, a stop or target stands on the wrong side of the price, or a price is
   * too large to be counted.
   */
  | { readonly kind: "senseless" };

/** An entry with its protection, sized and rounded. */
export function planEntry(rule: PlannedEnter, context: DecisionContext): PlannedOrder {
  try {
    return entryOf(rule, context);
  } catch (error) {
    return senselessOr(error);
  }
}

/**
 * The size of a market entry that nothing protects, in lots: NaN where the size or the price has no value, 0 where nothing
 * sensible can be sent. It is what `planEntry` comes to for such a rule, without an order around it.
 */
export function bareEntry(rule: PlannedEnter, context: DecisionContext): number {
  const { close, instrument } = context;
  const units = sizeOf(rule, context, close, null);
  if (Number.isNaN(close) || Number.isNaN(units)) return NaN;
  try {
    const quantity = instrument.quantity(units);
    return quantity > 0 && Number.isFinite(quantity) && Number.isFinite(close) ? quantity : 0;
  } catch (error) {
    senselessOr(error);
    return 0;
  }
}

/** What is planned for every entry is a few numbers: what only some have is made for those. */
function entryOf(rule: PlannedEnter, context: DecisionContext): PlannedOrder {
  const { value, instrument, close } = context;
  const isLong = rule.side === "long";
  const side: Side = isLong ? "buy" : "sell";
  const away = isLong ? 1 : -1;
  const price = "price" in rule.form ? value(rule.form.price) : close;
  const stop = rule.stop === null ? null : placed(rule.stop, -away, price, context);
  const distance = rule.trail === null ? null : value(rule.trail.distance);
  // What is at risk ends at the stop, or at the distance of a trailing stop that works alone.
  const isShare = rule.trail?.unit === "ratio";
  const trailed = distance === null || !isShare ? distance : distance * price;
  const risk = stop === null ? trailed : Math.abs(price - stop);
  const units = sizeOf(rule, context, price, risk);
  if (
    Number.isNaN(price) ||
    Number.isNaN(units) ||
    isAbsent(stop) ||
    isAbsent(distance) ||
    ("limit" in rule.form && Number.isNaN(value(rule.form.limit))) ||
    until(rule, context).some(Number.isNaN)
  )
    return absent;
  const stopLimitColumn = rule.stop?.limit ?? null;
  const stopLimit = stopLimitColumn === null ? null : value(stopLimitColumn);
  const targets = rule.targets.map((each) => placed(each, away, price, context));
  if (isAbsent(stopLimit) || targets.some(Number.isNaN)) return absent;

  const quantity = instrument.quantity(units);
  const step = distance === null || isShare ? distance : instrument.price(distance, "up");
  const isSensible =
    quantity > 0 &&
    Number.isFinite(quantity) &&
    Number.isFinite(price) &&
    (stop === null || away * stop < away * price) &&
    targets.every((each) => away * each > away * price) &&
    (step === null || (step > 0 && step < (isShare ? 1 : Infinity))) &&
    ((rule.trail?.after ?? null) === null || stop !== null);
  if (!isSensible) return senseless;
  const isProtected = stop !== null || step !== null || targets.length > 0;
  const protection = isProtected
    ? protectionOf(rule, context, { side, quantity, stop, stopLimit, targets, step })
    : unprotected;
  const order = orderOf(rule, context, { side, purpose: "enter", quantity, children: protection.children });
  return { kind: "order", order, trail: protection.trail };
}

/** Where a stop or target stands, on the side of the price that it is on. */
function placed(
  { price: column, by }: PlannedPrice,
  direction: number,
  price: number,
  { value }: DecisionContext,
): number {
  const given = value(column);
  return by === null ? given : price + direction * (by === "ratio" ? given * price : given);
}

const absent = { kind: "absent" } as const;
const senseless = { kind: "senseless" } as const;
const isAbsent = (value: number | null): boolean => value !== null && Number.isNaN(value);

/** What protects an entry, as far as it has been decided. */
interface DecidedProtection {
  readonly side: Side;
  readonly quantity: number;
  readonly stop: number | null;
  readonly stopLimit: number | null;
  readonly targets: readonly number[];
  /** Of a trailing stop, rounded. */
  readonly step: number | null;
}

interface Protection {
  readonly children: readonly Order[];
  readonly trail: CloseTrail | null;
}

const unprotected: Protection = { children: [], trail: null };

/** The orders that wait for an entry, and the trail that moves one of them. */
function protectionOf(
  rule: PlannedEnter,
  context: DecisionContext,
  { side, quantity, stop, stopLimit, targets, step }: DecidedProtection,
): Protection {
  const { instrument, id } = context;
  const back: Side = side === "buy" ? "sell" : "buy";
  const stopOffset = rule.stop === null ? undefined : offsetOf(rule.stop, context);
  const risked = stop === null || stopOffset !== undefined ? null : roundedStop(instrument, back, stop);
  const times = rule.trail?.after ?? null;
  const from = risked ?? stopOffset ?? null;
  const after = times === null || from === null ? null : { times, stop: from };
  const isShare = rule.trail?.unit === "ratio";
  const share = { unit: "ratio", ...wholeOn(instrument) } as const;
  const trail = step === null ? null : { distance: step, ...(isShare ? share : {}), after };
  const path = rule.trail?.on === "path" ? trail : null;
  const child = (
    name: string,
    type: Order["type"],
    price: number | null,
    given: Pick<Order, "limit" | "trail" | "share" | "offset">,
  ): Order => ({
    id: `${id}-${name}`,
    type,
    side: back,
    purpose: type === "limit" ? "target" : "stop",
    quantity,
    price,
    tag: rule.tag,
    children: [],
    limit: given.limit,
    trail: given.trail,
    share: given.share,
    offset: given.offset,
    parent: id,
  });
  const children: Order[] = [];
  // A trail moves the plain stop; a stop-limit order stays where it is, and the trail beside it.
  const isLimited = rule.stop !== null && stopLimit !== null;
  if (isLimited) {
    const limit = roundedLimit(instrument, back, stopLimit);
    children.push(child("stop", "stop_limit", risked, { limit }));
  } else if (from !== null) {
    const type = path === null ? "stop" : "trailing_stop";
    children.push(child("stop", type, risked, { trail: path ?? undefined, offset: stopOffset }));
  }
  if (path !== null && (isLimited || from === null))
    children.push(child("trail", "trailing_stop", null, { trail: path }));
  const moved = isLimited || from === null ? null : children[0];
  targets.forEach((each, i) => {
    const share = rule.targets[i].share ?? undefined;
    const name = i === 0 ? "target" : `target-${i + 1}`;
    const offset = offsetOf(rule.targets[i], context);
    const price = offset === undefined ? roundedLimit(instrument, back, each) : null;
    children.push(child(name, "limit", price, { share, offset }));
  });
  return {
    children,
    trail:
      rule.trail === null || rule.trail.on === "path" || trail === null
        ? null
        : { ...trail, order: moved, anew: rule.trail.on === "each_bar" ? rule.trail.distance : null },
  };
}

/** That prices are on ticks, where there are any. */
function wholeOn(instrument: Instrument): { readonly isWhole?: true; readonly tick?: number } {
  if (instrument.tickSize === null) return {};
  const tick = instrument.ticks(1);
  return tick === 1 ? { isWhole: true } : { isWhole: true, tick };
}

/** How far a stop or target stands from the fill, where it says that and no price. */
function offsetOf({ price, by }: PlannedPrice, { value, instrument }: DecisionContext): Order["offset"] {
  if (by === null) return undefined;
  const given = value(price);
  return { distance: by === "ratio" ? given : instrument.price(given, "up"), unit: by };
}

/** Closes what is held on a side, or a share of it. */
export function planExit(
  rule: PlannedExit,
  held: TradeSide,
  quantityHeld: number,
  context: DecisionContext,
): PlannedOrder {
  try {
    const { value, instrument } = context;
    const side: Side = held === "long" ? "sell" : "buy";
    const prices = rule.form.kind === "market" ? [] : [value(rule.form.price)];
    if ("limit" in rule.form) prices.push(value(rule.form.limit));
    prices.push(...until(rule, context));
    if (prices.some(Number.isNaN)) return absent;
    const quantity = rule.share === null ? quantityHeld : portionOf(instrument, quantityHeld, rule.share);
    if (quantity === 0) return senseless;
    const order = orderOf(rule, context, { side, purpose: "exit", quantity, children: [] });
    return { kind: "order", order, trail: null };
  } catch (error) {
    return senselessOr(error);
  }
}

/** The order of a rule. All are made alike, whatever they leave out: there are many. */
function orderOf(
  rule: PlannedEnter | PlannedExit,
  context: DecisionContext,
  { side, purpose, quantity, children }: Pick<Order, "side" | "purpose" | "quantity" | "children">,
): Order {
  const { type, price, limit, isPostOnly } = formOf(rule.form, side, context);
  const isEntry = rule.kind === "enter";
  return {
    id: context.id,
    type,
    side,
    purpose,
    quantity,
    price,
    tag: rule.tag,
    children,
    limit,
    duration: durationOf(rule, context),
    isPostOnly,
    group: isEntry ? (rule.group ?? undefined) : undefined,
    entries: isEntry && rule.entries !== 1 ? rule.entries : undefined,
    isPartial: isEntry || rule.share === null ? undefined : true,
  };
}

/** The type of an order and its prices, rounded to ticks. */
function formOf(
  form: PlannedForm,
  side: Side,
  { value, instrument }: DecisionContext,
): Pick<Order, "type" | "price" | "limit" | "isPostOnly"> {
  switch (form.kind) {
    case "market":
      return { type: form.at === "open" ? "market" : "market_on_close", price: null };
    case "limit": {
      const price = roundedLimit(instrument, side, value(form.price));
      return { type: "limit", price, isPostOnly: form.isPostOnly };
    }
    case "stop":
      return { type: "stop", price: roundedStop(instrument, side, value(form.price)) };
    case "stop_limit":
      return {
        type: "stop_limit",
        price: roundedStop(instrument, side, value(form.price)),
        limit: roundedLimit(instrument, side, value(form.limit)),
      };
    // A price that is better than the market's is waited for, as by a limit.
    case "market_if_touched":
      return { type: "market_if_touched", price: roundedLimit(instrument, side, value(form.price)) };
    case "limit_if_touched":
      return {
        type: "limit_if_touched",
        price: roundedLimit(instrument, side, value(form.price)),
        limit: roundedLimit(instrument, side, value(form.limit)),
      };
  }
}

/** The moment at which the order of a rule is no good any more, where it has one. */
function until({ duration }: PlannedEnter | PlannedExit, { value, closeTime }: DecisionContext): number[] {
  if (duration.kind === "date") return [value(duration.until)];
  return duration.kind === "span" ? [closeTime() + value(duration.length)] : [];
}

function durationOf(rule: PlannedEnter | PlannedExit, context: DecisionContext): Order["duration"] {
  const { duration } = rule;
  switch (duration.kind) {
    case "gtc":
      return undefined;
    case "date":
    case "span":
      return { kind: "date", until: until(rule, context)[0] };
    default:
      return duration;
  }
}

/** A limit is rounded to the better price, a stop to the later one. */
const roundedLimit = (instrument: Instrument, side: Side, price: number): number =>
  instrument.price(price, side === "buy" ? "down" : "up");
const roundedStop = (instrument: Instrument, side: Side, price: number): number =>
  instrument.price(price, side === "buy" ? "up" : "down");

/** What can only be said in prices too large to be counted is not sent. */
function senselessOr(error: unknown): PlannedOrder {
  if (error instanceof BitFeverError && error.code === "BF5010") return senseless;
  throw error;
}

/** The size in units, before it is rounded to lots. */
function sizeOf(
  { size }: PlannedEnter,
  context: DecisionContext,
  price: number,
  risk: number | null,
): number {
  const { value, moneyPerPoint, equity } = context;
  const units = unitsOf(size.kind, value(size.value), context, price, risk);
  return size.cap === null ? units : Math.min(units, (value(size.cap) * equity) / (price * moneyPerPoint()));
}

function unitsOf(
  kind: PlannedEnter["size"]["kind"],
  given: number,
  { moneyPerPoint, equity }: DecisionContext,
  price: number,
  risk: number | null,
): number {
  switch (kind) {
    case "units":
      return given;
    case "money":
      return given / (price * moneyPerPoint());
    case "equity":
      return (given * equity) / (price * moneyPerPoint());
    case "risk":
      return (given * equity) / ((risk ?? NaN) * moneyPerPoint());
  }
}
