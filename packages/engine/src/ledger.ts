import type { Instrument } from "./instrument.js";
import { splitQuantities } from "./actions/split-quantities.js";
import { nearestProduct, type Fraction } from "./fraction.js";
import type { CashFlow, Fill, HeldSplit } from "./order.js";
import { purseOf, type Purse } from "./purse.js";
import type { TrackRecord, TrackRecordSnapshot } from "./track-record.js";
import type { ExitReason, Trade, TradeSide } from "./trade.js";

/** A quantity with what was paid for it. */
interface Part {
  quantity: number;
  value: number;
  commission: number;
}

/**
 * A part of the position with the price it was opened at, and what is left of the value it was opened for and of the
 * commission paid then. Prices, quantities and money in the instrument's steps.
 */
interface Lot extends Part {
  /** The order that opened it. */
  readonly entry: string;
  readonly side: TradeSide;
  readonly bar: number;
  readonly time: number;
  readonly tag: string;
  /** As it was traded. */
  readonly price: number;
  /** New shares for each that was entered; left out, they were never split. */
  readonly split?: Fraction | undefined;
  /** Of money of the instrument in that of the account when it was opened. */
  readonly rate: Fraction | undefined;
}

/** A closed part of a position, in the instrument's steps. */
interface RoundTrip {
  readonly lot: Readonly<Lot>;
  readonly exitBar: number;
  readonly exitTime: number;
  readonly exitPrice: number;
  readonly exitValue: number;
  readonly exitReason: ExitReason;
  readonly exitTag: string;
  readonly exitRate: Fraction | undefined;
  readonly profit: number;
  readonly commission: number;
}

export interface LedgerSnapshot {
  readonly cash: number;
  readonly lots: readonly Lot[];
  readonly roundTrips: readonly RoundTrip[];
  readonly flows: readonly CashFlow[];
  /** How many closed trades were let go. */
  readonly released: number;
  readonly moved: number;
  /** Of all ledgers that share the purse. */
  readonly record: TrackRecordSnapshot;
}

/**
 * The book: what fills and cash flows did to cash and position, first in first out. Nothing else changes it, so cash plus
 * the value of the lots is, to the last minor unit, the initial capital plus all profit and all that came and went.
 */
export class Ledger {
  private lots: Lot[] = [];
  private roundTrips: RoundTrip[] = [];
  private flows: CashFlow[] = [];
  /** How many closed trades were let go. */
  private released = 0;
  /** What was put in less what was taken out. */
  private moved = 0;
  /** What is held on each side, in lots; on both only where positions are hedged. */
  private held: Readonly<Record<TradeSide, number>> = flat;

  constructor(
    private readonly instrument: Instrument,
    initialCapital: number,
    private readonly purse: Purse = purseOf(instrument, initialCapital),
  ) {}

  /** What the closed trades so far add up to. */
  get record(): Readonly<TrackRecord> {
    return this.purse.record;
  }

  /** The bar on which the last trade was closed; null before the first. */
  get lastExit(): number | null {
    return this.roundTrips.at(-1)?.exitBar ?? null;
  }

  /** Entries that are open on a side; one that filled in parts is one. */
  openEntries(side: TradeSide): number {
    const lots = this.lotsOf(side);
    if (lots.length < 2) return lots.length;
    return new Set(lots.map(({ entry }) => entry)).size;
  }

  /** The price of the oldest open lot of a side; null without one. */
  entryPrice(side: TradeSide): number | null {
    const [oldest] = this.lotsOf(side);
    return oldest === undefined ? null : this.entryPriceOf(oldest);
  }

  /** Long less short, in lots. */
  get position(): number {
    return this.held.long - this.held.short;
  }

  get isFlat(): boolean {
    return this.held.long === 0 && this.held.short === 0;
  }

  /** What is held on a side, in lots; not below zero. */
  quantity(side: TradeSide): number {
    return this.held[side];
  }

  /** In steps of money. */
  get cash(): number {
    return this.purse.cash;
  }

  get cashDecimal(): number {
    return this.instrument.moneyDecimal(this.purse.cash);
  }

  /** The bar on which the oldest open lot of a side was opened; null without one. */
  openedOn(side: TradeSide): number | null {
    return this.lotsOf(side)[0]?.bar ?? null;
  }

  /** The average price of the open lots of a side; null without one. */
  averagePrice(side: TradeSide): number | null {
    const [first, ...more] = this.lotsOf(side);
    if (first === undefined) return null;
    if (more.length === 0) return this.entryPriceOf(first);
    const lots = [first, ...more];
    const quantity = lots.reduce((sum, each) => sum + each.quantity, 0);
    const weighted = lots.reduce((sum, each) => sum + each.quantity * this.entryPriceOf(each), 0);
    return weighted / quantity;
  }

  /** Cash plus the position at a price, in decimal money. */
  equity(price: number, rate?: Fraction): number {
    if (this.isFlat) return this.cashDecimal;
    return this.instrument.moneyDecimal(this.instrument.sum(this.purse.cash, this.marked(price, rate)));
  }

  /** What the position counts for at a price, in steps of money; below zero when short. */
  marked(price: number, rate?: Fraction): number {
    const { instrument } = this;
    if (!instrument.settlesProfit || this.isFlat) return this.worth(price, rate);
    const at = instrument.price(price, "nearest");
    return this.lots.reduce((sum, lot) => {
      const value = instrument.settledValue(lot, at, rate);
      return instrument.sum(sum, lot.side === "long" ? value : -value);
    }, 0);
  }

  /** What the position is worth at a price, however it settles, in steps of money; below zero when short. */
  worth(price: number, rate?: Fraction): number {
    return this.valued(price, -1, rate);
  }

  /** What is held at a price, long and short together, in steps of money. */
  exposure(price: number, rate?: Fraction): number {
    return Math.abs(this.valued(price, 1, rate));
  }

  /** Books money that came or went without a trade. */
  book(flow: CashFlow): void {
    this.purse.cash = this.instrument.sum(this.purse.cash, flow.amount);
    this.flows.push(flow);
    if (flow.reason === "deposit" || flow.reason === "withdrawal")
      this.moved = this.instrument.sum(this.moved, flow.amount);
  }

  /** What was put in less what was taken out, in decimal money. */
  get movedDecimal(): number {
    return this.instrument.moneyDecimal(this.moved);
  }

  /**
   * Books a split of what is held. What was paid for the shares is now that of the new ones, to the last unit; a lot of
   * which no whole one is left goes on as part of the next of its side. Where none of a side is left its trades are over,
   * with what was paid for the fraction.
   */
  split(split: HeldSplit, bar: number): void {
    for (const side of ["long", "short"] as const) {
      const lots = this.lotsOf(side);
      if (lots.length === 0) continue;
      const paid = split.paid[side];
      this.purse.cash = this.instrument.sum(this.purse.cash, paid);
      const kept = this.splitLots(lots, split.ratio);
      if (kept.length === 0) this.endBySplit(lots, split, bar);
      else if (paid !== 0) this.flows.push({ reason: "split", amount: paid, time: split.time });
      this.lots = [...this.lots.filter((each) => each.side !== side), ...kept].sort((a, b) => a.bar - b.bar);
      this.count();
    }
  }

  /** All that came and went without a trade, in decimal money. */
  get cashFlows(): readonly CashFlow[] {
    const decimal = (money: number): number => this.instrument.moneyDecimal(money);
    return this.flows.map((each) => flowInDecimals(each, decimal));
  }

  apply(fill: Fill, bar: number): void {
    const direction = fill.side === "buy" ? 1 : -1;
    const value = this.instrument.notional(fill.price, fill.quantity, fill.rate);
    const paid = fill.effect === "open" ? this.open(fill, value, bar) : this.close(fill, value, bar);
    this.purse.cash = this.instrument.sum(this.purse.cash, -(direction * paid + fill.commission));
    this.count();
  }

  /** Lets go of closed trades and cash flows but for the newest; what they add up to stays. */
  release(newest: number): void {
    // The last of all says on which bar it was closed.
    const kept = this.roundTrips.slice(-Math.max(1, newest));
    this.released += this.roundTrips.length - kept.length;
    this.roundTrips = kept;
    this.flows = this.flows.slice(-Math.max(1, newest));
  }

  /** Whether all closed trades are still there. */
  get hasAllTrades(): boolean {
    return this.released === 0;
  }

  /** Closed trades and, marked at a price, what is open; in order of entry. */
  trades(lastPrice: number, rate?: Fraction): Trade[] {
    const closed = this.roundTrips.map((trip) => this.told(trip.lot, trip, trip.profit, trip.commission));
    return [...closed, ...this.openTrades(lastPrice, rate)];
  }

  /** The profits of closed trades behind the first so many, in the order in which they were closed; decimal money. */
  profitsFrom(first: number): readonly number[] {
    return this.roundTrips
      .slice(Math.max(0, first - this.released))
      .map(({ profit }) => this.instrument.moneyDecimal(profit));
  }

  snapshot(): LedgerSnapshot {
    const { lots, roundTrips, flows, released, moved } = this;
    return structuredClone({
      cash: this.purse.cash,
      lots,
      roundTrips,
      flows,
      ...{ released, moved },
      record: this.record.snapshot(),
    });
  }

  restore(snapshot: LedgerSnapshot): void {
    const { cash, lots, roundTrips, flows, released, moved, record } = structuredClone(snapshot);
    this.purse.cash = cash;
    this.lots = [...lots];
    this.roundTrips = [...roundTrips];
    this.flows = [...flows];
    this.released = released;
    this.moved = moved;
    this.count();
    this.purse.record.restore(record);
  }

  /** A side is worth what `equity` says; each lot has its part of that, the last what is left. */
  private openTrades(lastPrice: number, rate: Fraction | undefined): Trade[] {
    if (this.lots.length === 0) return [];
    const { instrument } = this;
    const last = instrument.price(lastPrice, "nearest");
    const left = (side: TradeSide): Part => {
      const quantity = this.held[side];
      return { quantity, value: instrument.notional(last, quantity, rate), commission: 0 };
    };
    const parts = { long: left("long"), short: left("short") };
    return this.lots.map((lot) => {
      const isLast = lot === this.lotsOf(lot.side).at(-1);
      const part = this.cut(parts[lot.side], isLast ? parts[lot.side].quantity : lot.quantity);
      const worth = instrument.settlesProfit ? instrument.settledValue(lot, last, rate) : part.value;
      return this.told(lot, null, gainOf(lot, worth, lot.value) - lot.commission, lot.commission);
    });
  }

  private open(fill: Fill, value: number, bar: number): number {
    this.lots.push({
      entry: fill.orderId,
      side: fill.side === "buy" ? "long" : "short",
      bar,
      time: fill.time,
      tag: fill.tag,
      price: fill.price,
      quantity: fill.quantity,
      value,
      commission: fill.commission,
      rate: fill.rate,
    });
    return value;
  }

  /**
   * Takes the closed quantity from the oldest lots of its side; a lot closed in parts keeps the rest of its value to the
   * unit. Says what it counts for: all that it is worth, or what it was opened for and the profit.
   */
  private close(fill: Fill, value: number, bar: number): number {
    const { instrument } = this;
    let settled = 0;
    const left = { quantity: fill.quantity, value, commission: fill.commission };
    const side = fill.side === "buy" ? "short" : "long";
    while (left.quantity > 0) {
      const [lot] = this.lotsOf(side);
      if (lot === undefined)
        throw new Error(`ledger: order ${fill.orderId} closes ${left.quantity} more than is open`);
      const isBothWhole = instrument.isSameQuantity(lot.quantity, left.quantity, fill.quantity);
      const quantity = Math.min(lot.quantity, left.quantity);
      const entry = this.cut(lot, isBothWhole ? lot.quantity : quantity);
      const exit = this.cut(left, isBothWhole ? left.quantity : quantity);
      if (lot.quantity === 0) this.lots.splice(this.lots.indexOf(lot), 1);
      const commission = entry.commission + exit.commission;
      const exitValue = instrument.settlesProfit
        ? instrument.settledValue({ ...entry, price: lot.price }, fill.price, fill.rate)
        : exit.value;
      settled = instrument.sum(settled, exitValue);
      const profit = gainOf(lot, exitValue, entry.value) - commission;
      this.purse.record.add(profit);
      this.roundTrips.push({
        lot: { ...lot, quantity: entry.quantity, value: entry.value, commission: entry.commission },
        exitBar: bar,
        exitTime: fill.time,
        exitPrice: fill.price,
        exitValue,
        exitReason: reasonOf(fill),
        exitTag: fill.tag,
        exitRate: fill.rate,
        profit,
        commission,
      });
    }
    return instrument.settlesProfit ? settled : value;
  }

  /** What becomes of the lots of a side: those with a whole lot left, with what all of them cost. */
  private splitLots(lots: readonly Lot[], ratio: Fraction): readonly Lot[] {
    const { instrument } = this;
    const { quantities } = splitQuantities(
      instrument,
      lots.map(({ quantity }) => quantity),
      ratio,
    );
    const kept: Lot[] = [];
    let [value, commission] = [0, 0];
    lots.forEach((lot, i) => {
      value = instrument.sum(value, lot.value);
      commission = instrument.sum(commission, lot.commission);
      if (quantities[i] === 0) return;
      const split = lot.split === undefined ? ratio : nearestProduct(lot.split, ratio);
      kept.push({ ...lot, quantity: quantities[i], value, commission, split });
      [value, commission] = [0, 0];
    });
    // What comes last and leaves nothing goes on as part of the one before it.
    const last = kept.at(-1);
    if (last !== undefined) {
      last.value = instrument.sum(last.value, value);
      last.commission = instrument.sum(last.commission, commission);
    }
    return kept;
  }

  /** The trades of a side of which a split left no whole lot. */
  private endBySplit(lots: readonly Lot[], { ratio, price, paid, time, rate }: HeldSplit, bar: number): void {
    const { instrument } = this;
    const quantity = lots.reduce((sum, each) => sum + each.quantity, 0);
    const left: Part = { quantity, value: Math.abs(paid[lots[0].side]), commission: 0 };
    // Of an old share.
    const exitPrice = instrument.price(
      (instrument.priceDecimal(price) * ratio.numerator) / ratio.denominator,
      "nearest",
    );
    for (const lot of lots) {
      const { value: exitValue } = this.cut(left, lot.quantity);
      const profit = gainOf(lot, exitValue, lot.value) - lot.commission;
      this.purse.record.add(profit);
      this.roundTrips.push({
        ...{ lot, exitBar: bar, exitTime: time, exitPrice, exitValue, profit },
        ...{ exitReason: "split", exitTag: "split", exitRate: rate, commission: lot.commission },
      });
    }
  }

  /** The price of an entry, in the shares that are held now. */
  private entryPriceOf({ price, split }: Readonly<Lot>): number {
    const decimal = this.instrument.priceDecimal(price);
    return split === undefined ? decimal : (decimal * split.denominator) / split.numerator;
  }

  /** Takes a quantity out of a whole, with its share of value and commission. The last part takes what is left. */
  private cut(whole: Part, quantity: number): Part {
    const portion = (money: number): number => this.instrument.portion(money, quantity, whole.quantity);
    const part = { quantity, value: portion(whole.value), commission: portion(whole.commission) };
    whole.quantity -= part.quantity;
    whole.value -= part.value;
    whole.commission -= part.commission;
    return part;
  }

  /** The open lots of a side, oldest first. */
  private lotsOf(side: TradeSide): readonly Lot[] {
    const isAlone = this.held[side === "long" ? "short" : "long"] === 0;
    return isAlone ? this.lots : this.lots.filter((each) => each.side === side);
  }

  private valued(price: number, shorts: 1 | -1, rate: Fraction | undefined): number {
    if (this.isFlat) return 0;
    const { instrument, held } = this;
    const last = instrument.price(price, "nearest");
    if (held.short === 0) return instrument.notional(last, held.long, rate);
    const short = instrument.notional(last, shorts * held.short, rate);
    return held.long === 0 ? short : instrument.sum(instrument.notional(last, held.long, rate), short);
  }

  private count(): void {
    let [long, short] = [0, 0];
    for (const { side, quantity } of this.lots)
      if (side === "long") long += quantity;
      else short += quantity;
    this.held = { long, short };
  }

  /** A trade in decimals. There are many: a literal that begins with its first field is the quickest to make and to read. */
  private told(lot: Readonly<Lot>, exit: RoundTrip | null, profit: number, commission: number): Trade {
    const { instrument } = this;
    const { currency } = instrument.specification;
    return {
      side: lot.side,
      entryBar: lot.bar,
      entryTime: lot.time,
      entryPrice: this.entryPriceOf(lot),
      entryValue: instrument.moneyDecimal(lot.value),
      entryTag: lot.tag,
      quantity: instrument.quantityDecimal(lot.quantity),
      exitBar: exit?.exitBar ?? null,
      exitTime: exit?.exitTime ?? null,
      exitPrice: exit && instrument.priceDecimal(exit.exitPrice),
      exitValue: exit && instrument.moneyDecimal(exit.exitValue),
      exitReason: exit?.exitReason ?? null,
      exitTag: exit?.exitTag ?? null,
      profit: instrument.moneyDecimal(profit),
      commission: instrument.moneyDecimal(commission),
      ...(currency && { currency }),
      ...(lot.split && { split: lot.split.numerator / lot.split.denominator }),
      ...(lot.rate && { entryRate: decimalOf(lot.rate) }),
      ...(exit?.exitRate && { exitRate: decimalOf(exit.exitRate) }),
    };
  }
}

const decimalOf = ({ numerator, denominator }: Fraction): number => numerator / denominator;

/** A flow with its amounts in another unit. */
export const flowInDecimals = (flow: CashFlow, decimal: (money: number) => number): CashFlow => ({
  ...flow,
  amount: decimal(flow.amount),
  ...(flow.worth !== undefined && { worth: decimal(flow.worth) }),
  ...(flow.asked !== undefined && { asked: decimal(flow.asked) }),
});

/** What a lot gained between two values, before commissions. */
const gainOf = ({ side }: Lot, exit: number, entry: number): number =>
  side === "long" ? exit - entry : entry - exit;

const flat = { long: 0, short: 0 };

function reasonOf(fill: Fill): ExitReason {
  switch (fill.reason) {
    case "exit":
      return "signal";
    case "stop":
    case "target":
    case "reversal":
    case "liquidation":
      return fill.reason;
    case "enter":
      throw new Error(`ledger: order ${fill.orderId} closes a position but says that it enters`);
  }
}
