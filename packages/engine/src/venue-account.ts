import { BitFeverError } from "@bitfever/lang";
import { splitQuantities } from "./actions/split-quantities.js";
import type { Held } from "./carry.js";
import type { Terms, Traded } from "./commission.js";
import { affordable, commissionOn, untraded, type Charges } from "./costs.js";
import { nearestFraction, type Fraction } from "./fraction.js";
import { Holding, type HoldingSnapshot } from "./holding.js";
import type { Instrument } from "./instrument.js";
import type { CashFlow, Side } from "./order.js";
import type { Till } from "./purse.js";
import type { TurnoverSnapshot } from "./turnover.js";

/** What of a position's value must be one's own money. */
export interface MarginRules {
  /** To open it: a share above 0; 1 is an account without leverage. */
  readonly initial: number;
  /** To keep it: below, it is liquidated. 0 never asks. */
  readonly maintenance: number;
}

export interface VenueAccountSnapshot {
  readonly position: number;
  readonly cash: number;
  readonly holding: HoldingSnapshot;
  readonly turnover: TurnoverSnapshot;
  readonly paidUntil: number;
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

/** What a venue keeps for an account in one instrument: position, cash, and what may still be bought. */
export class VenueAccount {
  readonly holding: Holding;
  /** The last price, as the data give it. */
  lastClose = NaN;
  private readonly margin: Fraction;

  /** @throws BitFeverError BF5013 for margins that cannot be */
  constructor(
    private readonly instrument: Instrument,
    private readonly charges: Charges,
    private readonly till: Till,
    private readonly rules: MarginRules,
  ) {
    checkMargin(rules);
    this.margin = nearestFraction(rules.initial);
    this.holding = new Holding((a, b, scale) => instrument.isSameQuantity(a, b, scale));
    till.markets.push(this);
  }

  /** Signed, in lots. */
  get position(): number {
    return this.holding.position;
  }

  /** Books a deal, and says what commission it cost. */
  settle({ id, parent, side, effect, price, quantity, time, isMaker, before }: Deal): number {
    const direction = side === "buy" ? 1 : -1;
    const value = this.instrument.notional(price, quantity);
    const traded = { value: Math.abs(value), quantity };
    const commission = commissionOn(this.charges, traded, before, this.terms(time, isMaker));
    this.till.cash = this.instrument.sum(this.till.cash, -(direction * value + commission));
    if (effect === "open") this.holding.open(id, quantity, direction === 1);
    else this.holding.close(quantity, parent);
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
    });
  }

  /** The same, once the position has been closed at that price. */
  affordableAfterClosing(price: number, quantity: number, time: number, isMaker: boolean): number {
    const value = this.instrument.notional(price, this.position);
    const terms = this.terms(time, isMaker);
    const traded = { value: Math.abs(value), quantity: Math.abs(this.position) };
    const commission = commissionOn(this.charges, traded, untraded, terms);
    const cash = this.instrument.sum(this.unreserved, value - commission);
    return affordable(this.charges, cash, { price, quantity, before: traded, terms, margin: this.margin });
  }

  /** What its position needs beyond its own value: without leverage, twice what is sold short. */
  get reserved(): number {
    if (this.position === 0) return 0;
    return this.reservedAt(this.instrument.price(this.lastClose, "nearest"));
  }

  /**
   * The price at which no more than the maintenance margin is left of the account, in steps of price and rounded to
   * the safe side; null where there is none.
   */
  get liquidationPrice(): number | null {
    const { maintenance } = this.rules;
    const { position, instrument } = this;
    if (maintenance === 0 || position === 0) return null;
    // cash + position × price = maintenance × |position| × price, where others keep the margin they need
    const owed = -instrument.moneyDecimal(this.unreserved);
    const perPrice = instrument.quantityDecimal(position) * instrument.specification.multiplier;
    const decimal = owed / (perPrice - maintenance * Math.abs(perPrice));
    if (!(decimal > 0) || !Number.isFinite(decimal)) return null;
    return instrument.price(decimal, position > 0 ? "up" : "down");
  }

  /** What holding from one bar to the next has cost; the cash is booked. */
  carry({ from, to, nights }: Pick<Held, "from" | "to" | "nights">): readonly CashFlow[] {
    const { till, instrument, position } = this;
    const last = instrument.price(this.lastClose, "nearest");
    const value = position === 0 ? 0 : instrument.notional(last, position);
    // Of several instruments the first to come pays for the account.
    const isPaid = till.paidUntil >= to;
    if (nights > 0) till.paidUntil = to;
    const flows: CashFlow[] = [];
    for (const { name, charge, isOfAccount } of this.charges.carries) {
      const owed = isOfAccount && !isPaid ? Math.max(0, -till.cash) : 0;
      const amount = 0 - charge({ value, owed, from, to, nights });
      if (amount !== 0) flows.push({ reason: name, amount, time: to });
    }
    for (const { amount } of flows) till.cash = instrument.sum(till.cash, amount);
    return flows;
  }

  /** What may be taken out, in steps of money: cash that no position needs, and nothing borrowed. */
  get free(): number {
    const last = this.instrument.price(this.lastClose, "nearest");
    return Math.max(0, Math.min(this.till.cash, this.available(last)));
  }

  /** Pays an amount for each unit held, or takes it for each that is owed; what it came to is booked. */
  pay(amount: Fraction): number {
    const paid = this.instrument.worthAt(amount, this.position);
    this.transfer(paid);
    return paid;
  }

  /** Splits what is held; what is no whole lot is paid for at a price, and booked: below zero to who is short. */
  split(ratio: Fraction, price: number): number {
    const { instrument, position } = this;
    const { rest } = splitQuantities(instrument, [Math.abs(position)], ratio);
    this.holding.split((before) => splitQuantities(instrument, before, ratio).quantities);
    this.lastClose *= ratio.denominator / ratio.numerator;
    if (rest.numerator === 0) return 0;
    const worth = instrument.worthOfPart(price, rest);
    const paid = position < 0 ? 0 - worth : worth;
    this.transfer(paid);
    return paid;
  }

  /** Puts money into the account, or takes some out. */
  transfer(amount: number): void {
    this.till.cash = this.instrument.sum(this.till.cash, amount);
  }

  snapshot(): VenueAccountSnapshot {
    const { position, holding, till } = this;
    return {
      position,
      cash: till.cash,
      holding: holding.snapshot(),
      turnover: till.turnover.snapshot(),
      paidUntil: till.paidUntil,
    };
  }

  restore({ cash, holding, turnover, paidUntil }: VenueAccountSnapshot): void {
    this.till.paidUntil = paidUntil;
    this.holding.restore(holding);
    this.till.cash = cash;
    this.till.turnover.restore(turnover);
  }

  private terms(time: number, isMaker: boolean): Terms {
    const turnover = this.charges.usesTurnover ? this.till.turnover.before(time) : 0;
    return { isMaker, turnover: this.instrument.moneyDecimal(turnover) };
  }

  /** What others have not reserved; what is held here counts at the price of the moment. */
  private available(price: number): number {
    if (this.position === 0) return this.unreserved;
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
    const value = this.instrument.notional(price, this.position);
    return this.instrument.sum(this.instrument.share(Math.abs(value), this.margin), -value);
  }
}

function checkMargin({ initial, maintenance }: MarginRules): void {
  const isPossible = initial > 0 && initial <= 1 && maintenance >= 0 && maintenance <= initial;
  if (isPossible) return;
  throw new BitFeverError(
    "BF5013",
    `a margin of ${initial} to open and ${maintenance} to keep a position cannot be`,
    { hint: "to open it is a share above 0% up to 100%, to keep it no more than that" },
  );
}
