import { BitFeverError } from "@bitfever/lang";
import { splitQuantities } from "./actions/split-quantities.js";
import { affordable } from "./affordable.js";
import { Basis, type BasisSnapshot } from "./basis.js";
import type { Held } from "./carry.js";
import type { Terms, Traded } from "./commission.js";
import type { Conversion } from "./conversion.js";
import { commissionOn, untraded, type Charges } from "./costs.js";
import { nearestFraction, type Fraction } from "./fraction.js";
import { Holding, type HoldingSnapshot } from "./holding.js";
import type { Instrument } from "./instrument.js";
import type { CashFlow, HeldSplit, Side } from "./order.js";
import type { Till } from "./purse.js";
import type { TurnoverSnapshot } from "./turnover.js";

/** What of a position's value must be one's own money. */
export interface MarginRules {
  /** To open it: a share above 0; 1 is an account without leverage. */
  readonly initial: number;
  /** To keep it: below, it is liquidated. 0 never asks. */
  readonly maintenance: number;
  /** What is liquidated: all of it, which is so where it is left out, or as much as leaves the margin to open it. */
  readonly call?: MarginCall;
}

export const marginCalls = ["close", "reduce"] as const;
export type MarginCall = (typeof marginCalls)[number];

export interface VenueAccountSnapshot {
  /** Long less short, in lots. */
  readonly position: number;
  readonly cash: number;
  readonly longs: HoldingSnapshot;
  readonly shorts: HoldingSnapshot;
  readonly turnover: TurnoverSnapshot;
  readonly paidUntil: number;
  /** Where only the profit of the position is converted. */
  readonly basis?: BasisSnapshot;
}

/** A quantity traded at a price, as the account sees it. */
interface Deal {
  readonly id: string;
  /** The entry whose protection it is. */
  readonly parent: string | undefined;
  readonly side: Side;
  readonly effect: "open" | "close";
  readonly price: number;
  readonly quantity: number;
  readonly time: number;
  readonly isMaker: boolean;
  readonly before: Traded;
}

/**
 * What a venue keeps for an account in one instrument: position, cash, and what may still be bought. Both sides are held
 * at once only where positions are hedged.
 */
export class VenueAccount {
  private readonly longs: Holding;
  private readonly shorts: Holding;
  /** The last price, as the data give it. */
  lastClose = NaN;
  private readonly margin: Fraction;
  private readonly basis: Basis | null;

  /** @throws BitFeverError BF5013 for margins that cannot be */
  constructor(
    private readonly instrument: Instrument,
    private readonly charges: Charges,
    private readonly till: Till,
    private readonly rules: MarginRules,
    private readonly conversion?: Conversion,
  ) {
    checkMargin(rules);
    this.basis = instrument.settlesProfit ? new Basis(instrument) : null;
    this.margin = nearestFraction(rules.initial);
    const isSame = (a: number, b: number, scale: number): boolean => instrument.isSameQuantity(a, b, scale);
    this.longs = new Holding(isSame);
    this.shorts = new Holding(isSame);
    till.markets.push(this);
  }

  /** Long less short, in lots. */
  get position(): number {
    return this.longs.quantity - this.shorts.quantity;
  }

  get isFlat(): boolean {
    return this.longs.quantity === 0 && this.shorts.quantity === 0;
  }

  /** What orders of a side open. */
  openedBy(side: Side): Holding {
    return side === "buy" ? this.longs : this.shorts;
  }

  /** What orders of a side close. */
  closedBy(side: Side): Holding {
    return side === "buy" ? this.shorts : this.longs;
  }

  /** What money of the instrument is worth now in that of the account; undefined where they are the same. */
  get rate(): Fraction | undefined {
    return this.conversion?.at(this.till.now);
  }

  /** What the position has cost that was never paid: where only the profit is converted, nothing else is. */
  get unpaid(): number {
    return this.basis === null || this.isFlat ? 0 : this.basis.value;
  }

  /** Books a deal, and says what commission it cost. */
  settle({ id, parent, side, effect, price, quantity, time, isMaker, before }: Deal): number {
    const direction = side === "buy" ? 1 : -1;
    const { rate } = this;
    const value = this.instrument.notional(price, quantity, rate);
    const traded = { value: Math.abs(value), quantity };
    const commission = commissionOn(this.charges, traded, before, this.terms(time, isMaker));
    const isSettled = this.basis !== null && effect === "close";
    const paid = isSettled ? this.basis.close(direction, { quantity, price, rate }) : value;
    if (effect === "open") this.basis?.open(direction, { price, quantity, value });
    this.till.cash = this.instrument.sum(this.till.cash, -(direction * paid + commission));
    if (effect === "open") this.openedBy(side).open(id, quantity);
    else this.closedBy(side).close(quantity, parent);
    if (this.charges.usesTurnover) this.till.turnover.add(time, traded.value);
    return commission;
  }

  /** How much of a quantity can be opened at a price. */
  affordable(price: number, quantity: number, before: Traded, time: number, isMaker: boolean): number {
    const terms = this.terms(time, isMaker);
    return affordable(this.charges, this.available(price), {
      price,
      quantity,
      before,
      terms,
      margin: this.margin,
      rate: this.rate,
    });
  }

  /** The same, once the position has been closed at that price. */
  affordableAfterClosing(price: number, quantity: number, time: number, isMaker: boolean): number {
    const { rate, margin } = this;
    const value = this.instrument.notional(price, this.position, rate);
    const terms = this.terms(time, isMaker);
    const traded = { value: Math.abs(value), quantity: Math.abs(this.position) };
    const commission = commissionOn(this.charges, traded, untraded, terms);
    const cash = this.instrument.sum(this.unreserved, this.marked(price) - commission);
    return affordable(this.charges, cash, { price, quantity, before: traded, terms, margin, rate });
  }

  /** What its position needs beyond its own value: without leverage, twice what is sold short. */
  get reserved(): number {
    if (this.isFlat) return 0;
    return this.reservedAt(this.instrument.price(this.lastClose, "nearest"));
  }

  /**
   * The price at which no more than the maintenance margin is left of the account, in steps of price and rounded to
   * the safe side, and the side of the order that ends it there; null where there is none. Longs end on the way down,
   * unless shorts beside them ask for more margin than they gain.
   */
  get liquidation(): { readonly price: number; readonly side: Side } | null {
    const { maintenance } = this.rules;
    const { position, instrument } = this;
    if (maintenance === 0) return null;
    // cash + position × price = maintenance × all held × price, where others keep the margin they need
    const { rate } = this;
    // Of what settles by profit, the position counts for that much less than its value.
    const aside = this.basis === null ? 0 : this.basis.marked(0, rate);
    const owed = -instrument.moneyDecimal(instrument.sum(this.unreserved, aside));
    const held = instrument.quantityDecimal(this.longs.quantity + this.shorts.quantity);
    const spare = instrument.quantityDecimal(position) - maintenance * held;
    const decimal = owed / (spare * instrument.moneyPerPoint(rate));
    if (!(decimal > 0) || !Number.isFinite(decimal)) return null;
    const isBelow = spare > 0;
    return { price: instrument.price(decimal, isBelow ? "up" : "down"), side: isBelow ? "sell" : "buy" };
  }

  /** How much of a quantity is liquidated at a price; what that costs is paid out of what is left. */
  liquidatedAt(price: number, quantity: number, time: number): number {
    const { instrument, charges, rate } = this;
    if (this.rules.call !== "reduce") return quantity;
    const equity = instrument.sum(this.unreserved, this.marked(price));
    const held = this.longs.quantity + this.shorts.quantity;
    const terms = this.terms(time, false);
    const isEnough = (closed: number): boolean => {
      const traded = { value: Math.abs(instrument.notional(price, closed, rate)), quantity: closed };
      const left = instrument.sum(equity, -commissionOn(charges, traded, untraded, terms));
      const kept = Math.abs(instrument.notional(price, held - closed, rate));
      return left >= instrument.share(kept, this.margin);
    };
    const step = instrument.specification.lot === null ? quantity * 2 ** -50 : instrument.lotSteps;
    let [tooLittle, enough] = [0, quantity];
    while (enough - tooLittle > step) {
      const middle = (tooLittle + enough) / 2;
      const next = Math.max(tooLittle + step, instrument.wholeLots(middle));
      if (isEnough(next)) enough = next;
      else tooLittle = next;
    }
    return enough;
  }

  /** What holding from one bar to the next has cost; the cash is booked. */
  carry({ from, to, nights }: Pick<Held, "from" | "to" | "nights">): readonly CashFlow[] {
    const { till, instrument, longs, shorts } = this;
    const last = instrument.price(this.lastClose, "nearest");
    const rate = this.isFlat ? undefined : this.rate;
    const values = [longs.quantity, 0 - shorts.quantity].map((held) => instrument.notional(last, held, rate));
    // Of several instruments the first to come pays for the account.
    const owed = till.paidUntil >= to ? 0 : Math.max(0, -this.ownCash);
    if (nights > 0) till.paidUntil = to;
    const flows: CashFlow[] = [];
    for (const { name, charge, isOfAccount } of this.charges.carries)
      for (const value of isOfAccount ? [0] : values) {
        const amount = 0 - charge({ value, owed, from, to, nights });
        if (amount !== 0) flows.push({ reason: name, amount, time: to });
      }
    for (const { amount } of flows) till.cash = instrument.sum(till.cash, amount);
    return flows;
  }

  /** What may be taken out, in steps of money: cash that no position needs, and nothing borrowed. */
  get free(): number {
    const last = this.instrument.price(this.lastClose, "nearest");
    return Math.max(0, Math.min(this.ownCash, this.available(last)));
  }

  /** Pays an amount for each unit held, and takes it for each that is owed: what it came to on each side is booked. */
  pay(amount: Fraction): readonly number[] {
    const paid = [this.longs.quantity, 0 - this.shorts.quantity].map((held) =>
      held === 0 ? 0 : this.instrument.worthAt(amount, held, this.rate),
    );
    for (const each of paid) this.transfer(each);
    return paid;
  }

  /**
   * Splits what is held; what is no whole lot of a side is paid for at a price, and booked: below zero to who is short.
   *
   * @throws BitFeverError BF5106 for a position of which only the profit is settled
   */
  split(ratio: Fraction, price: number): HeldSplit["paid"] {
    const { instrument } = this;
    if (this.basis !== null && !this.isFlat) throw unsplittable(instrument.specification.symbol);
    const worthOfRest = (holding: Holding): number => {
      const { rest } = splitQuantities(instrument, [holding.quantity], ratio);
      holding.split((before) => splitQuantities(instrument, before, ratio).quantities);
      return rest.numerator === 0 ? 0 : instrument.worthOfPart(price, rest, this.rate);
    };
    const paid = { long: worthOfRest(this.longs), short: 0 - worthOfRest(this.shorts) };
    this.lastClose *= ratio.denominator / ratio.numerator;
    this.transfer(paid.long);
    this.transfer(paid.short);
    return paid;
  }

  /** Puts money into the account, or takes some out. */
  transfer(amount: number): void {
    this.till.cash = this.instrument.sum(this.till.cash, amount);
  }

  snapshot(): VenueAccountSnapshot {
    const { position, longs, shorts, till } = this;
    return {
      position,
      cash: till.cash,
      longs: longs.snapshot(),
      shorts: shorts.snapshot(),
      turnover: till.turnover.snapshot(),
      paidUntil: till.paidUntil,
      ...(this.basis && { basis: this.basis.snapshot() }),
    };
  }

  restore({ cash, longs, shorts, turnover, paidUntil, basis = [] }: VenueAccountSnapshot): void {
    this.basis?.restore(basis);
    this.till.paidUntil = paidUntil;
    this.longs.restore(longs);
    this.shorts.restore(shorts);
    this.till.cash = cash;
    this.till.turnover.restore(turnover);
  }

  /** The cash, with what settles by profit was never paid out of it; below zero, it is borrowed. */
  private get ownCash(): number {
    const { markets, cash } = this.till;
    return markets.reduce((sum, { unpaid }) => this.instrument.sum(sum, unpaid), cash);
  }

  private terms(time: number, isMaker: boolean): Terms {
    const turnover = this.charges.usesTurnover ? this.till.turnover.before(time) : 0;
    return { isMaker, turnover: this.instrument.moneyDecimal(turnover) };
  }

  /** What the position counts for at a price; below zero when short. */
  private marked(price: number): number {
    const { basis, instrument, rate } = this;
    return basis === null ? instrument.notional(price, this.position, rate) : basis.marked(price, rate);
  }

  /** What others have not reserved; what is held here counts at the price of the moment. */
  private available(price: number): number {
    if (this.isFlat) return this.unreserved;
    return this.instrument.sum(this.unreserved, -this.reservedAt(price));
  }

  private get unreserved(): number {
    let { cash } = this.till;
    for (const market of this.till.markets)
      if (market !== this) cash = this.instrument.sum(cash, -market.reserved);
    return cash;
  }

  /** The margin of the position less its value, which is not in the cash; never a gift of a long one without leverage. */
  private reservedAt(price: number): number {
    const { rate, instrument } = this;
    const long = instrument.notional(price, this.longs.quantity, rate);
    const short = instrument.notional(price, this.shorts.quantity, rate);
    const margin = instrument.share(instrument.sum(Math.abs(long), Math.abs(short)), this.margin);
    return instrument.sum(margin, this.basis === null ? short - long : -this.basis.marked(price, rate));
  }
}

/** A future is not split, and what it was opened at says what it has gained. */
const unsplittable = (symbol: string): BitFeverError =>
  new BitFeverError("BF5106", `${symbol} settles by profit, and a position of it cannot be split`, {
    hint: "run with --set adjustment=splits, or let the instrument settle by value",
  });

function checkMargin({ initial, maintenance, call }: MarginRules): void {
  const isPossible = initial > 0 && initial <= 1 && maintenance >= 0 && maintenance <= initial;
  if (isPossible && call === "reduce" && maintenance === initial)
    throw new BitFeverError(
      "BF5013",
      `a margin call that reduces the position to a margin of ${initial} where ${maintenance} is left would do so for ever`,
      { hint: "set maintenance_margin below margin, or margin_call to close" },
    );
  if (isPossible) return;
  throw new BitFeverError(
    "BF5013",
    `a margin of ${initial} to open and ${maintenance} to keep a position cannot be`,
    { hint: "to open it is a share above 0% up to 100%, to keep it no more than that" },
  );
}
