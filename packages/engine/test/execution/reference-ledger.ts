import type { Decimal } from "decimal.js";
import type { Costs } from "../../src/costs.js";
import type { Side } from "../../src/order.js";
import {
  atPar,
  commissionOf,
  exact,
  toMinorUnit,
  toTick,
  toTickBeyond,
  together,
  untraded,
  valueOf,
  zero,
  type Rate,
  type SteppedSpecification,
  type Terms,
  type Traded,
} from "./reference-costs.js";

/*
 * The book of an account, slowly and in decimals: cash, lots first in first out, what each round trip gained, and what
 * may still be opened. Money of another currency is converted at the rate of the moment: all of a value, or of a profit
 * that and nothing else. Written from docs/language.md, ADR 0004 and ADR 0034, not from the ledger.
 */

const thirtyDaysMs = 30 * 86_400_000;

/** An amount with what was paid for it. */
interface Part {
  readonly quantity: Decimal;
  readonly value: Decimal;
  readonly commission: Decimal;
}

interface Lot extends Part {
  readonly entry: string;
  readonly side: "long" | "short";
  readonly price: Decimal;
  /** New shares for each that was entered. */
  readonly split: Decimal;
}

/** A round trip, or the open half of one, in the words of `Trade`. */
export interface ReferenceTrade {
  readonly side: "long" | "short";
  readonly entryPrice: number;
  readonly entryValue: number;
  readonly exitPrice: number | null;
  readonly exitValue: number | null;
  readonly quantity: number;
  readonly profit: number;
  readonly commission: number;
}

/** A quantity traded at a price by an order. */
export interface Deal {
  readonly order: string;
  readonly side: Side;
  readonly effect: "open" | "close";
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly time: number;
  readonly isMaker: boolean;
}

export interface Margins {
  readonly initial: number;
  readonly maintenance: number;
  readonly call?: "reduce";
}

export class ReferenceLedger {
  cash: Decimal;
  /** At which money is converted now. */
  rate: Rate = atPar;
  private lots: Lot[] = [];
  private closed: ReferenceTrade[] = [];
  private readonly tradedBy = new Map<string, Traded>();
  private readonly deals: { readonly time: number; readonly value: Decimal }[] = [];

  constructor(
    private readonly of: SteppedSpecification,
    private readonly costs: Costs,
    private readonly margin: Margins,
    capital: number,
  ) {
    this.cash = toMinorUnit(exact(capital), of);
  }

  /** Signed: below zero when short. */
  get position(): Decimal {
    return this.lots.reduce(
      (sum, { side, quantity }) => (side === "long" ? sum.plus(quantity) : sum.minus(quantity)),
      zero,
    );
  }

  /** Entries that are open; one that filled in parts is one. */
  get entries(): number {
    return new Set(this.lots.map(({ entry }) => entry)).size;
  }

  /** Of an order so far. */
  traded(order: string): Traded {
    return this.tradedBy.get(order) ?? untraded;
  }

  /** An order that has traded nothing. */
  start(order: string): void {
    this.tradedBy.delete(order);
  }

  equity(price: number): Decimal {
    return this.cash.plus(this.marked(toTick(exact(price), this.of)));
  }

  /** Books a deal; its commission. */
  settle(deal: Deal): Decimal {
    const { order, side, price, quantity, time } = deal;
    const value = valueOf(price, quantity, this.of, this.rate);
    const fill = { value: value.abs(), quantity };
    const commission = this.commission(fill, this.traded(order), this.terms(deal));
    this.tradedBy.set(order, together(this.traded(order), fill));
    this.deals.push({ time, value: fill.value });
    let paid = value;
    if (deal.effect === "open")
      this.lots.push({
        entry: order,
        side: side === "buy" ? "long" : "short",
        price,
        quantity,
        value,
        commission,
        split: exact(1),
      });
    else paid = this.close(price, { quantity, value, commission });
    this.cash = (side === "buy" ? this.cash.minus(paid) : this.cash.plus(paid)).minus(commission);
    return commission;
  }

  /**
   * The largest whole number of lots, up to what is wanted, whose margin and commission the account can pay for. What
   * is held needs its margin first.
   */
  affordable(asked: Omit<Deal, "effect" | "quantity">, wanted: Decimal): Decimal {
    const { lot } = this.of;
    const held = this.worth(asked.price).abs();
    const free = this.cash.plus(this.marked(asked.price)).minus(this.marginOf(held));
    if (free.lte(0)) return zero;
    const before = this.traded(asked.order);
    const terms = this.terms(asked);
    const isPaid = (lots: Decimal): boolean => {
      const quantity = lots.times(lot);
      const value = valueOf(asked.price, quantity, this.of, this.rate).abs();
      const commission = this.commission({ value, quantity }, before, terms);
      return this.marginOf(value).plus(commission).lte(free);
    };
    const most = wanted.div(lot);
    if (isPaid(most)) return wanted;
    let [paid, tooMany] = [zero, most];
    while (tooMany.minus(paid).gt(1)) {
      const middle = paid.plus(tooMany).div(2).floor();
      if (isPaid(middle)) paid = middle;
      else tooMany = middle;
    }
    // A rebate is rounded by itself, so that a lot more may cost a minor unit less: all that lies so near is tried.
    const last = paid.plus(this.lotsOfRounding(asked.price));
    for (let more = paid.plus(1); more.lte(last) && more.lt(most); more = more.plus(1))
      if (isPaid(more)) paid = more;
    return paid.times(lot);
  }

  /**
   * Splits what is held: so many new shares for so many old. The account pays or is paid for what is no lot of the whole;
   * an entry of which none is left gives what it cost to the next that has some, or to the last.
   */
  split([newShares, oldShares]: readonly [number, number], open: number): Decimal {
    const { lot } = this.of;
    const ratio = (quantity: Decimal): Decimal => quantity.times(newShares).div(oldShares);
    const whole = (quantity: Decimal): Decimal => quantity.div(lot).floor().times(lot);
    const { position } = this;
    const all = ratio(position.abs());
    const price = toTick(exact(open), this.of);
    const worth = valueOf(price, all.minus(whole(all)), this.of, this.rate);
    const paid = position.lt(0) ? zero.minus(worth) : worth;
    this.cash = this.cash.plus(paid);
    if (whole(all).isZero()) {
      let left: Part = { quantity: position.abs(), value: worth, commission: zero };
      for (const each of this.lots) {
        const exit = this.partOf(left, each.quantity);
        left = without(left, exit);
        const perOld = toTick(price.times(newShares).div(oldShares), this.of);
        this.closed.push(told(each, each, perOld, exit.value, each.commission));
      }
      this.lots = [];
      return paid;
    }
    const kept: Lot[] = [];
    let [before, waiting] = [zero, { value: zero, commission: zero }];
    for (const each of this.lots) {
      const until = before.plus(each.quantity);
      const quantity = whole(ratio(until)).minus(whole(ratio(before)));
      before = until;
      waiting = {
        value: waiting.value.plus(each.value),
        commission: waiting.commission.plus(each.commission),
      };
      if (quantity.isZero()) continue;
      kept.push({ ...each, ...waiting, quantity, split: each.split.times(newShares).div(oldShares) });
      waiting = { value: zero, commission: zero };
    }
    const last = kept[kept.length - 1];
    kept[kept.length - 1] = {
      ...last,
      value: last.value.plus(waiting.value),
      commission: last.commission.plus(waiting.commission),
    };
    this.lots = kept;
    return paid;
  }

  /**
   * Puts money in, or takes out what it asks for of what is free: cash beyond the margin of what is held, at the last
   * close, and no more of it than there is. What was moved.
   */
  transfer(amount: number, last: number): Decimal {
    const asked = toMinorUnit(exact(amount), this.of);
    const at = toTick(exact(last), this.of);
    const margin = this.marginOf(this.worth(at).abs());
    const spare = this.position.isZero() ? this.cash : this.cash.plus(this.marked(at)).minus(margin);
    // What settles by profit was never paid for.
    const unpaid = this.of.settles === "profit" ? this.costOfLots : zero;
    const free = [this.cash.plus(unpaid), spare].reduce((a, b) => (a.lt(b) ? a : b));
    const paid = asked.gte(0) ? asked : free.lte(0) ? zero : asked.neg().lt(free) ? asked : free.neg();
    this.cash = this.cash.plus(paid);
    return paid;
  }

  /** Where no more than the maintenance margin is left, rounded to the safe side; null where there is no such price. */
  get liquidationPrice(): Decimal | null {
    const { position } = this;
    if (position.isZero() || this.margin.maintenance === 0) return null;
    const { up, down } = this.rate;
    const perPrice = position.times(this.of.multiplier).times(up).div(down);
    // What is marked goes with the price in a straight line: this is where the line begins.
    const aside = this.marked(zero);
    const price = this.cash
      .plus(aside)
      .neg()
      .div(perPrice.minus(perPrice.abs().times(this.margin.maintenance)));
    return price.gt(0) ? toTickBeyond(price, position.gt(0) ? "up" : "down", this.of) : null;
  }

  /** What is liquidated at a price: all, or as few lots as leave the margin that opening asks for, after what it costs. */
  liquidated(price: Decimal, time: number): Decimal {
    const held = this.position.abs();
    if (this.margin.call !== "reduce") return held;
    const { lot } = this.of;
    const equity = this.cash.plus(this.marked(price));
    const terms = this.terms({ time, isMaker: false });
    const isEnough = (closed: Decimal): boolean => {
      const fill = { value: valueOf(price, closed, this.of, this.rate).abs(), quantity: closed };
      const left = equity.minus(this.commission(fill, untraded, terms));
      return left.gte(this.marginOf(valueOf(price, held.minus(closed), this.of, this.rate).abs()));
    };
    let [few, many] = [zero, held.div(lot)];
    while (many.minus(few).gt(1)) {
      const middle = few.plus(many).div(2).floor();
      if (isEnough(middle.times(lot))) many = middle;
      else few = middle;
    }
    return many.times(lot);
  }

  /** Closed trades and, marked at a price, what is open; the last of the lots takes what the others leave. */
  trades(last: number): ReferenceTrade[] {
    const { position } = this;
    const at = toTick(exact(last), this.of);
    let left: Part = { quantity: position.abs(), value: this.worth(at).abs(), commission: zero };
    const open = this.lots.map((lot): ReferenceTrade => {
      const part = this.partOf(left, lot.quantity);
      left = without(left, part);
      const worth = this.of.settles === "profit" ? this.settled(lot, lot, at) : part.value;
      return told(lot, lot, null, worth, lot.commission);
    });
    return [...this.closed, ...open];
  }

  private get costOfLots(): Decimal {
    return this.lots.reduce(
      (sum, { side, value }) => (side === "long" ? sum.plus(value) : sum.minus(value)),
      zero,
    );
  }

  /** What the position is worth at a price. */
  private worth(price: Decimal): Decimal {
    return valueOf(price, this.position, this.of, this.rate);
  }

  /** What it counts for in the account: the same, or what it was opened for with its profit, lot by lot. */
  private marked(price: Decimal): Decimal {
    if (this.of.settles !== "profit") return this.worth(price);
    return this.lots.reduce((sum, lot) => {
      const value = this.settled(lot, lot, price);
      return lot.side === "long" ? sum.plus(value) : sum.minus(value);
    }, zero);
  }

  /** A lot, or a part of one, at what it was opened for, and what the price has moved since then, converted. */
  private settled({ price }: Lot, { quantity, value }: Part, at: Decimal): Decimal {
    return value.plus(valueOf(at.minus(price), quantity, this.of, this.rate));
  }

  private marginOf(value: Decimal): Decimal {
    return toMinorUnit(value.times(this.margin.initial), this.of);
  }

  private terms({ time, isMaker }: Pick<Deal, "time" | "isMaker">): Terms {
    const recent = this.deals.filter((each) => each.time > time - thirtyDaysMs);
    return { isMaker, turnover: recent.reduce((sum, { value }) => sum.plus(value), zero) };
  }

  /** How many lots may come to less than what rounding makes of them: none where costs only rise. */
  private lotsOfRounding(price: Decimal): Decimal {
    const { lot, multiplier, moneyDecimals } = this.of;
    const rebates = this.costs.commissions.map(({ model, parameters: [maker] }) =>
      model === "maker_taker" ? Math.min(0, maker ?? 0) : 0,
    );
    const slope = rebates.reduce((sum, each) => sum.plus(each), exact(this.margin.initial));
    if (slope.eq(this.margin.initial)) return zero;
    const { up, down } = this.rate;
    const perLot = price.abs().times(lot).times(multiplier).times(slope).times(up).div(down);
    return exact(10).pow(-moneyDecimals).times(8).div(perLot).ceil();
  }

  private commission(fill: Traded, before: Traded, terms: Terms): Decimal {
    return commissionOf(this.costs.commissions, fill, before, terms, this.of);
  }

  /** What counts for what is closed. */
  private close(price: Decimal, exit: Part): Decimal {
    let left = exit;
    let counted = zero;
    while (left.quantity.gt(0)) {
      const [lot, ...later] = this.lots;
      const quantity = lot.quantity.lt(left.quantity) ? lot.quantity : left.quantity;
      const [entered, exited] = [this.partOf(lot, quantity), this.partOf(left, quantity)];
      const commission = entered.commission.plus(exited.commission);
      const worth = this.of.settles === "profit" ? this.settled(lot, entered, price) : exited.value;
      counted = counted.plus(worth);
      this.closed.push(told(lot, entered, price, worth, commission));
      const rest = without(lot, entered);
      this.lots = rest.quantity.gt(0) ? [{ ...lot, ...rest }, ...later] : later;
      left = without(left, exited);
    }
    return counted;
  }

  /** A part of a whole, with its share of value and commission, each rounded half to even. */
  private partOf(whole: Part, quantity: Decimal): Part {
    const share = (money: Decimal): Decimal =>
      toMinorUnit(money.times(quantity).div(whole.quantity), this.of);
    return { quantity, value: share(whole.value), commission: share(whole.commission) };
  }
}

const without = (whole: Part, part: Part): Part => ({
  quantity: whole.quantity.minus(part.quantity),
  value: whole.value.minus(part.value),
  commission: whole.commission.minus(part.commission),
});

function told(
  { side, price, split }: Lot,
  { quantity, value }: Part,
  exitPrice: Decimal | null,
  exitValue: Decimal,
  commission: Decimal,
): ReferenceTrade {
  const gain = side === "long" ? exitValue.minus(value) : value.minus(exitValue);
  return {
    side,
    entryPrice: price.div(split).toNumber(),
    entryValue: value.toNumber(),
    exitPrice: exitPrice?.toNumber() ?? null,
    exitValue: exitPrice === null ? null : exitValue.toNumber(),
    quantity: quantity.toNumber(),
    profit: gain.minus(commission).toNumber(),
    commission: commission.toNumber(),
  };
}
