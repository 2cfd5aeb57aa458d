import { affordable, type Asked } from "./affordable.js";
import type { Terms, Traded } from "./commission.js";
import { commissionOn, sharesOf, slipped, untraded, type Charges } from "./costs.js";
import type { Fields } from "./evaluate.js";
import type { FillRules } from "./fill-rules.js";
import { nearestFraction } from "./fraction.js";
import type { Instrument } from "./instrument.js";
import type { Mutable } from "./mutable.js";
import { offsetPrice } from "./offset.js";
import type { Order, Side } from "./order.js";
import { highFirst, type PathName } from "./path.js";
import { HeldSpells, worthAt, type HeldState } from "./held-spells.js";
import { PlainTrades, type PlainFill } from "./plain-trades.js";
import type { Room } from "./room.js";
import type { ExitReason } from "./trade.js";

/** A market order of a plain strategy, for the next open. */
export type PlainOrder = Pick<Order, "purpose" | "side" | "quantity" | "tag" | "children">;

/** Fills of a protection whose order inside the bar another path would change, and entries that were less or none. */
type PlainCounts = Record<"ambiguousFills" | "reducedOrders" | "rejectedOrders", number>;

/**
 * Whether a market is plain: whole orders at once, in money of the account, and nothing that time takes.
 *
 * @see PlainMarket
 */
export function isPlainMarket({ instrument, carries, usesTurnover }: Charges, rules: FillRules): boolean {
  const { changes, currency } = instrument.specification;
  const isOfOneMoney = currency === undefined && !instrument.settlesProfit;
  const isAtOnce = !rules.onClose && rules.latency === 0 && rules.volume === null && rules.touch.chance >= 1;
  const isInOrder = rules.protects === "at_once" && !rules.protectionFirst && rules.through === 0;
  const isTimeless = changes === undefined && carries.length === 0 && !usesTurnover;
  return (
    isOfOneMoney &&
    isAtOnce &&
    isInOrder &&
    isTimeless &&
    !rules.hedges &&
    !rules.explains &&
    rules.margin.maintenance === 0
  );
}

/**
 * Market and book for strategies that send one market order at a time and hold one position with a stop and a target at
 * most: what `Matching` and `Ledger` do, to the last bit, without lists of orders and without events. Those are the
 * reference; a law compares them.
 */
export class PlainMarket {
  /** 1 long, -1 short, 0 without a position. */
  direction = 0;
  /** What is held, in lots, not below zero. */
  quantity = 0;
  /** In steps of money. */
  private cash: number;
  /** Prices of the protection, in steps; NaN without. */
  private stop = NaN;
  private target = NaN;
  /** The stop that stood before a bar, as a decimal; NaN without one. */
  private standing = NaN;
  readonly counts: PlainCounts = { ambiguousFills: 0, reducedOrders: 0, rejectedOrders: 0 };
  /** The bar on which what is held was entered, and what the order says of itself. */
  private since = -1;
  private tag = "";
  readonly trades: PlainTrades;
  readonly spells: HeldSpells;
  readonly instrument: Instrument;
  // One of each for all entries and fills, as they are many.
  private readonly asked: Mutable<Asked>;
  private readonly fill: Mutable<PlainFill> = {
    bar: -1,
    price: NaN,
    quantity: NaN,
    value: NaN,
    commission: NaN,
    tag: "",
  };
  private readonly state: Mutable<HeldState> = { cash: NaN, held: NaN, stop: NaN, nextStop: NaN };
  /** Whether an order at an open is no more than a price and a share of it. */
  private readonly isBare: boolean;
  /** Between these prices, as the data give them, the protection has nothing to do. */
  below = Infinity;
  above = -Infinity;

  constructor(
    private readonly charges: Charges,
    private readonly fields: Fields,
    private readonly path: PathName,
    private readonly rules: Pick<FillRules, "margin" | "stopsSlip">,
    initialCapital: number,
    room: Room,
  ) {
    this.instrument = charges.instrument;
    this.cash = this.instrument.money(initialCapital);
    const margin = nearestFraction(rules.margin.initial);
    this.asked = { price: NaN, quantity: NaN, before: untraded, terms: taking, margin };
    this.isBare = charges.shares !== null && charges.slips.length === 0;
    this.trades = new PlainTrades(this.instrument, fields.time, room);
    this.spells = new HeldSpells(this.instrument, fields.close, this.cash, room);
  }

  /** The account at a price, in decimal money. */
  equity(price: number): number {
    const { instrument, cash, direction, quantity } = this;
    return worthAt(instrument, cash, direction * quantity, price);
  }

  /** Where the stop stands, as a decimal; NaN without one. */
  private get stopPrice(): number {
    return Number.isNaN(this.stop) ? NaN : this.instrument.priceDecimal(this.stop);
  }

  /** Whether there is a protection. */
  get isGuarded(): boolean {
    return this.below < Infinity || this.above > -Infinity;
  }

  /** Whether the protection may have something to do in a bar; who has none does not touch its prices, far apart in memory. */
  mayMeet(bar: number): boolean {
    const { high, low } = this.fields;
    return this.isGuarded && (high[bar] >= this.below || low[bar] <= this.above);
  }

  /** Moves through a bar, at whose open an order waits. */
  barWith(order: PlainOrder, bar: number): void {
    if (this.isBare && !this.isGuarded && order.children.length === 0) {
      this.trade(order, bar);
      return;
    }
    const open = this.steps(this.fields.open[bar]);
    // At one price what leaves goes before a stop and a target, and what enters after them.
    if (order.purpose === "enter") {
      if (this.isGuarded) this.meet(open, open, null, bar);
      this.enter(order, open, bar);
    } else if (this.direction !== 0) this.leave(bar, this.leavingPrice(open, bar), "signal", order.tag);
    this.bar(bar);
  }

  /** Moves through a bar, in which nothing waits but the protection. */
  bar(bar: number): void {
    if (!this.mayMeet(bar)) return;
    const { open, high, low, close } = this.fields;
    const at = this.steps(open[bar]);
    if (this.meet(at, at, null, bar)) return;
    const range = { high: this.steps(high[bar]), low: this.steps(low[bar]) };
    const isUpFirst = highFirst(this.path, open[bar], high[bar], low[bar], this.direction);
    const [first, second] = isUpFirst ? [range.high, range.low] : [range.low, range.high];
    if (this.meet(at, first, range, bar) || this.meet(first, second, range, bar)) return;
    this.meet(second, this.steps(close[bar]), range, bar);
  }

  /** Closes what is held at a price of the last bar, when there are no more. */
  closeAtEnd(at: "open" | "close"): void {
    const bar = this.fields.time.length - 1;
    if (this.direction === 0) return;
    this.leave(bar, this.leavingPrice(this.steps(this.fields[at][bar]), bar), "signal", "end");
    this.spells.end(this.equity(NaN));
  }

  /** Tells what a bar leaves behind. */
  tell(bar: number): void {
    const { cash, direction, quantity, stopPrice: next, standing, state } = this;
    state.cash = cash;
    state.held = direction * quantity;
    // What stood before the bar is what the bar could meet; of a position that it opens, what was placed in it.
    state.stop = Number.isNaN(standing) ? next : standing;
    state.nextStop = next;
    this.spells.tell(bar, state);
    this.standing = next;
  }

  /** Whether the protection ends the position on the way from one price to another; a print is no way. */
  private meet(from: number, to: number, range: Range | null, bar: number): boolean {
    const { direction, stop, target } = this;
    if (direction === 0) return false;
    const isLong = direction > 0;
    const stopped = (isLong ? from <= stop : from >= stop)
      ? from
      : (isLong ? to <= stop : to >= stop)
        ? stop
        : NaN;
    const taken = (isLong ? from >= target : from <= target)
      ? from
      : (isLong ? to >= target : to <= target)
        ? target
        : NaN;
    const isTaken = !Number.isNaN(taken) && !(Math.abs(stopped - from) <= Math.abs(taken - from));
    if (!isTaken && Number.isNaN(stopped)) return false;
    const other = isTaken ? stop : target;
    if (range !== null && other >= range.low && other <= range.high) this.counts.ambiguousFills++;
    if (isTaken) {
      const isMaker = range === null ? this.since < bar : taken === target;
      this.leave(bar, taken, "target", this.tag, isMaker);
    } else {
      const price = this.rules.stopsSlip ? this.leavingPrice(stopped, bar) : stopped;
      this.leave(bar, price, "stop", this.tag);
    }
    return true;
  }

  /**
   * What `leave` and `enter` come to at an open where nothing is rounded, a commission is shares of the value, and there is no
   * protection: as most orders of a search. A number that is handed to a function is an object, and here are none.
   */
  private trade({ purpose, side, quantity: wanted, tag }: PlainOrder, bar: number): void {
    const { charges, asked, fill, direction: before } = this;
    const { multiplier } = this.instrument.specification;
    const shares = charges.shares ?? [];
    const price = this.fields.open[bar];
    fill.bar = bar;
    fill.price = price;
    fill.tag = tag;
    const isEntry = purpose === "enter";
    if (before !== 0) {
      const value = price * this.quantity * multiplier;
      const commission = sharesOf(Math.abs(value), shares);
      this.cash -= -before * value + commission;
      fill.value = value;
      fill.commission = commission;
      this.trades.close(fill, isEntry ? "reversal" : "signal");
      this.direction = this.quantity = 0;
    }
    if (!isEntry) return;
    asked.price = price;
    asked.quantity = wanted;
    asked.before = untraded;
    const quantity = affordable(charges, this.cash, asked);
    if (quantity === 0) {
      this.counts.rejectedOrders++;
      return;
    }
    if (quantity < wanted) this.counts.reducedOrders++;
    const direction = side === "buy" ? 1 : -1;
    const value = price * quantity * multiplier;
    const commission = sharesOf(Math.abs(value), shares);
    this.cash -= direction * value + commission;
    fill.quantity = quantity;
    fill.value = value;
    fill.commission = commission;
    this.trades.open(direction, fill);
    this.direction = direction;
    this.quantity = quantity;
    this.since = bar;
    this.tag = tag;
  }

  private enter(order: PlainOrder, open: number, bar: number): void {
    const { charges, instrument, asked } = this;
    const { side, quantity: wanted, tag, children } = order;
    const price = this.slippedPrice(side, wanted, open, bar);
    asked.price = price;
    asked.quantity = wanted;
    asked.before = this.direction === 0 ? untraded : this.tradedAt(price);
    if (this.direction !== 0) this.leave(bar, price, "reversal", tag);
    const quantity = affordable(charges, this.cash, asked);
    if (quantity === 0) this.counts.rejectedOrders++;
    else {
      if (quantity < wanted) this.counts.reducedOrders++;
      const direction = side === "buy" ? 1 : -1;
      const value = instrument.notional(price, quantity);
      const commission = commissionOn(charges, { value: Math.abs(value), quantity }, asked.before, taking);
      this.cash = instrument.sum(this.cash, -(direction * value + commission));
      const fill = this.told(bar, price, value, commission, tag);
      fill.quantity = quantity;
      this.trades.open(direction, fill);
      this.direction = direction;
      this.quantity = quantity;
      this.since = bar;
      this.tag = tag;
      if (children.length > 0) this.guard(children, price);
    }
  }

  /** What an order trades that ends the position at a price. */
  private tradedAt(price: number): Traded {
    const { instrument, quantity } = this;
    return { value: Math.abs(instrument.notional(price, quantity)), quantity };
  }

  /** Ends the position. */
  private leave(bar: number, price: number, reason: ExitReason, tag: string, isMaker = false): void {
    const { charges, instrument, direction, quantity } = this;
    const value = instrument.notional(price, quantity);
    const traded = { value: Math.abs(value), quantity };
    const commission = commissionOn(charges, traded, untraded, isMaker ? making : taking);
    this.cash = instrument.sum(this.cash, -(-direction * value + commission));
    this.trades.close(this.told(bar, price, value, commission, tag), reason);
    this.direction = this.quantity = 0;
    this.stop = this.target = NaN;
    this.below = Infinity;
    this.above = -Infinity;
  }

  private told(
    bar: number,
    price: number,
    value: number,
    commission: number,
    tag: string,
  ): Mutable<PlainFill> {
    const { fill } = this;
    fill.bar = bar;
    fill.price = price;
    fill.value = value;
    fill.commission = commission;
    fill.tag = tag;
    return fill;
  }

  /**
   * Places what protects an entry that filled at a price, and puts down between which prices nothing is met: a tick
   * further than that, as prices are rounded to ticks.
   */
  private guard(children: readonly Order[], filled: number): void {
    const { instrument, direction } = this;
    for (const child of children) {
      const { offset, purpose } = child;
      const at = offset === undefined ? child.price : offsetPrice(instrument, child, offset, filled);
      this[purpose === "stop" ? "stop" : "target"] = at ?? NaN;
    }
    const { stop, target } = this;
    const tick = instrument.tickSize ?? 0;
    const [above, below] = direction > 0 ? [stop, target] : [target, stop];
    this.above = Number.isNaN(above) ? -Infinity : instrument.priceDecimal(above) + tick;
    this.below = Number.isNaN(below) ? Infinity : instrument.priceDecimal(below) - tick;
  }

  private steps(price: number): number {
    return this.instrument.price(price, "nearest");
  }

  /** The price at which what is held leaves the market. */
  private leavingPrice(price: number, bar: number): number {
    return this.slippedPrice(this.direction > 0 ? "sell" : "buy", this.quantity, price, bar);
  }

  private slippedPrice(side: Side, quantity: number, price: number, bar: number): number {
    if (this.charges.slips.length === 0) return price;
    const { high, low, volume } = this.fields;
    const around = { high: high[bar], low: low[bar], volume: volume[bar] };
    return slipped(this.charges, side, { price, quantity, bar: around });
  }
}

/** The prices between which a bar moved, in steps. */
interface Range {
  readonly high: number;
  readonly low: number;
}

const taking: Terms = { isMaker: false, turnover: 0 };
const making: Terms = { isMaker: true, turnover: 0 };
