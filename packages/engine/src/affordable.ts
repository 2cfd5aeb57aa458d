import type { Terms, Traded } from "./commission.js";
import { commissionOn, sharesOf, type Charges } from "./costs.js";
import type { Fraction } from "./fraction.js";
import type { Instrument } from "./instrument.js";

/** What an entry asks the account to pay for. */
export interface Asked {
  readonly price: number;
  readonly quantity: number;
  readonly before: Traded;
  readonly terms: Terms;
  /** What of the value must be there; 1 without leverage. */
  readonly margin: Fraction;
  /** What money of the instrument is worth in that of the account; left out, they are the same. */
  readonly rate?: Fraction | undefined;
}

/** Where the quantity that is just paid for may be, as shares of a good guess at it, bits apart: the likely ones first. */
const around = [1, 1 + Number.EPSILON, 1 - Number.EPSILON, 1 + 4 * Number.EPSILON, 1 - 4 * Number.EPSILON];

/**
 * The largest part of a quantity whose margin and commission some cash pays for; 0 when there is none. A short sale needs
 * as much as a purchase. Where the rounding of a rebate makes more cost less, it may be a minor unit's worth below that.
 */
export function affordable(charges: Charges, cash: number, asked: Asked): number {
  const wanted = asked.quantity;
  if (!(cash > 0) || !(wanted > 0)) return 0;
  if (charges.shares !== null && asked.rate === undefined)
    return mostAsGiven(charges, charges.shares, cash, asked);
  const purchase = new Purchase(charges, cash, asked);
  if (purchase.isPaid(wanted)) return wanted;
  return charges.instrument.specification.lot === null
    ? mostOf(purchase, wanted)
    : mostLotsOf(purchase, wanted, charges.instrument);
}

/** The largest double that is paid for. */
function mostOf(purchase: Purchase, wanted: number): number {
  const { have } = purchase;
  // What is paid is mostly a line over the quantity: where it meets what there is, by two of its points.
  const near = Math.min(wanted, wanted * (have / purchase.worth(wanted)));
  const paidNear = purchase.paid(near);
  const first = near > 0 ? near * (purchase.worth(near) / paidNear) : near;
  const guess = onLine(have, first, purchase.paid(first), near, paidNear);
  return largest(guess, wanted, (quantity) => purchase.isPaid(quantity));
}

/** The largest double below one that is too much which is paid for, near a guess most likely. */
function largest(guess: number, wanted: number, isPaid: (quantity: number) => boolean): number {
  let paid = 0;
  let tooMuch = wanted;
  // With an index, as entries are many.
  for (let i = 0; i < around.length; i++) {
    const each = guess * around[i];
    if (each > paid && each < tooMuch) {
      if (isPaid(each)) paid = each;
      else tooMuch = each;
    }
  }
  for (;;) {
    const middle = paid + (tooMuch - paid) / 2;
    if (middle === paid || middle === tooMuch) return paid;
    if (isPaid(middle)) paid = middle;
    else tooMuch = middle;
  }
}

/**
 * The same where nothing is rounded and what is paid is in proportion to the quantity: as most entries are. It looks for the quantity
 * as `largest` does, but asks no function that is handed over, since each number that one is handed is an object.
 */
function mostAsGiven(
  { instrument }: Charges,
  shares: readonly Fraction[],
  cash: number,
  { price, quantity: wanted, margin }: Asked,
): number {
  const { multiplier } = instrument.specification;
  if (costOf(price * wanted * multiplier, margin, shares) <= cash) return wanted;
  const guess = cash / costOf(price * multiplier, margin, shares);
  let paid = 0;
  let tooMuch = wanted;
  for (let i = 0; ; i++) {
    const isGuess = i < around.length;
    const each = isGuess ? guess * around[i] : paid + (tooMuch - paid) / 2;
    if (each > paid && each < tooMuch) {
      if (costOf(price * each * multiplier, margin, shares) <= cash) paid = each;
      else tooMuch = each;
    } else if (!isGuess) return paid;
  }
}

/** What must be there for a value that is money as given. */
function costOf(signed: number, { numerator, denominator }: Fraction, shares: readonly Fraction[]): number {
  const value = Math.abs(signed);
  return (numerator === denominator ? value : (value * numerator) / denominator) + sharesOf(value, shares);
}

/** The most whole lots that are paid for. */
function mostLotsOf(purchase: Purchase, wanted: number, instrument: Instrument): number {
  const whole = (quantity: number): number => instrument.wholeLots(Math.floor(quantity));
  // A share of the value is most of what is paid, so the limit is mostly right beside this; but where a lot is worth
  // less than a minor unit, many lots from it.
  const most = Math.min(wanted, wanted * (purchase.have / purchase.worth(wanted)));
  const near = whole(most);
  const guess = near > 0 ? most * (purchase.worth(near) / purchase.paid(near)) : most;
  let [paid, tooMuch] = [0, wanted];
  for (const each of [whole(guess) + instrument.lotSteps, whole(guess)])
    if (each > paid && each < tooMuch) {
      if (purchase.isPaid(each)) paid = each;
      else tooMuch = each;
    }
  for (;;) {
    const middle = whole(paid + (tooMuch - paid) / 2);
    if (middle === paid || middle === tooMuch) return paid;
    if (purchase.isPaid(middle)) paid = middle;
    else tooMuch = middle;
  }
}

/** An entry that is to be paid for: one for all quantities that are tried, as entries are many. */
class Purchase {
  /** The cash as decimal money. */
  readonly have: number;
  /** What of a value must be there. */
  private readonly share: number;
  /** What of it no commission gives back. */
  private readonly kept: number;
  /** No rounding makes up for more: of the margin, and of each commission that gives something back. */
  private readonly most: number;

  constructor(
    private readonly charges: Charges,
    private readonly cash: number,
    private readonly asked: Asked,
  ) {
    const { margin } = asked;
    this.have = charges.instrument.moneyDecimal(cash);
    this.share = margin.numerator / margin.denominator;
    this.kept = 1 - charges.rebate / this.share;
    this.most = this.have * 1.02 + 1 + charges.commissions.length;
  }

  isPaid(quantity: number): boolean {
    // Spares the exact arithmetic what it could not count.
    if (this.worth(quantity) * this.kept > this.most) return false;
    return this.counted(quantity) <= this.cash;
  }

  /** What must be there for a quantity, as decimal money to the accuracy of a double, but for the commission. */
  worth(quantity: number): number {
    const { price, rate } = this.asked;
    return this.share * Math.abs(this.charges.instrument.notionalDecimal(price, quantity, rate));
  }

  /** What must be there with the commission, as decimal money. */
  paid(quantity: number): number {
    return this.charges.instrument.moneyDecimal(this.counted(quantity));
  }

  /** The same in steps of money. */
  private counted(quantity: number): number {
    const { charges, asked } = this;
    const { instrument } = charges;
    const value = Math.abs(instrument.notional(asked.price, quantity, asked.rate));
    const commission = commissionOn(charges, { value, quantity }, asked.before, asked.terms);
    return instrument.sum(instrument.share(value, asked.margin), commission);
  }
}

/** Where a straight line through two points is at a height; the first of them where there is no such line. */
function onLine(height: number, at: number, value: number, otherAt: number, otherValue: number): number {
  const place = at + ((height - value) * (otherAt - at)) / (otherValue - value);
  return Number.isFinite(place) ? place : at;
}
