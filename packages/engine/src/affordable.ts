import type { Terms, Traded } from "./commission.js";
import { commissionOn, type Charges } from "./costs.js";
import type { Fraction } from "./fraction.js";

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

/** An entry that is to be paid for: one object for all that is tried, as entries are many. */
interface Purchase extends Asked {
  readonly charges: Charges;
  readonly cash: number;
}

/** As far as doubles lead a guess astray, relative to it. */
const noise = 2 ** -50;
/** From a double to the next one, relative to it. */
const step = 0.75 * 2 ** -52;

/**
 * The largest part of a quantity whose margin and commission some cash pays for; 0 when there is none. A short sale needs
 * as much as a purchase. Where the rounding of a rebate makes more cost less, it may be a minor unit's worth below that.
 */
export function affordable(charges: Charges, cash: number, asked: Asked): number {
  const { price, quantity: wanted, before, terms, margin, rate } = asked;
  if (!(cash > 0) || !(wanted > 0)) return 0;
  const purchase: Purchase = { charges, cash, price, quantity: wanted, before, terms, margin, rate };
  if (isPaid(purchase, wanted)) return wanted;
  const { instrument } = charges;
  return instrument.specification.lot === null ? mostOf(purchase) : mostLotsOf(purchase);
}

/** The largest double that is paid for. */
function mostOf(purchase: Purchase): number {
  const { instrument } = purchase.charges;
  const { quantity: wanted } = purchase;
  const have = instrument.moneyDecimal(purchase.cash);
  // What is paid is mostly a line over the quantity: where it meets what there is, by two of its points.
  const near = Math.min(wanted, wanted * (have / worth(purchase, wanted)));
  const paidNear = near > 0 ? instrument.moneyDecimal(paidFor(purchase, near)) : NaN;
  const first = near > 0 ? near * (worth(purchase, near) / paidNear) : near;
  const guess = onLine(have, first, instrument.moneyDecimal(paidFor(purchase, first)), near, paidNear);
  let [paid, tooMuch] = [0, wanted];
  for (const each of [
    guess,
    guess * (1 + step),
    guess * (1 - step),
    guess * (1 + noise),
    guess * (1 - noise),
  ])
    if (each > paid && each < tooMuch) {
      if (isPaid(purchase, each)) paid = each;
      else tooMuch = each;
    }
  for (;;) {
    const middle = paid + (tooMuch - paid) / 2;
    if (middle === paid || middle === tooMuch) return paid;
    if (isPaid(purchase, middle)) paid = middle;
    else tooMuch = middle;
  }
}

/** The most whole lots that are paid for. */
function mostLotsOf(purchase: Purchase): number {
  const { instrument } = purchase.charges;
  const { quantity: wanted } = purchase;
  const have = instrument.moneyDecimal(purchase.cash);
  const whole = (quantity: number): number => instrument.wholeLots(Math.floor(quantity));
  // A share of the value is most of what is paid, so the limit is mostly right beside this; but where a lot is worth
  // less than a minor unit, many lots from it.
  const most = Math.min(wanted, wanted * (have / worth(purchase, wanted)));
  const near = whole(most);
  const guess =
    near > 0 ? most * (worth(purchase, near) / instrument.moneyDecimal(paidFor(purchase, near))) : most;
  let [paid, tooMuch] = [0, wanted];
  for (const each of [whole(guess) + instrument.lotSteps, whole(guess)])
    if (each > paid && each < tooMuch) {
      if (isPaid(purchase, each)) paid = each;
      else tooMuch = each;
    }
  for (;;) {
    const middle = whole(paid + (tooMuch - paid) / 2);
    if (middle === paid || middle === tooMuch) return paid;
    if (isPaid(purchase, middle)) paid = middle;
    else tooMuch = middle;
  }
}

function isPaid(purchase: Purchase, quantity: number): boolean {
  const { charges, cash, margin } = purchase;
  const { instrument } = charges;
  // Spares the exact arithmetic what it could not count: no rounding makes up for as much.
  const needed = margin.numerator / margin.denominator;
  const most = instrument.moneyDecimal(cash) * 1.02 + 1;
  if (worth(purchase, quantity) * (1 - charges.rebate / needed) > most) return false;
  return paidFor(purchase, quantity) <= cash;
}

/** What must be there for a quantity, as decimal money to the accuracy of a double, but for the commission. */
const worth = ({ charges, price, margin, rate }: Purchase, quantity: number): number =>
  (margin.numerator / margin.denominator) *
  Math.abs(charges.instrument.notionalDecimal(price, quantity, rate));

/** The same, counted, with the commission. */
function paidFor({ charges, price, before, terms, margin, rate }: Purchase, quantity: number): number {
  const { instrument } = charges;
  const value = Math.abs(instrument.notional(price, quantity, rate));
  const commission = commissionOn(charges, { value, quantity }, before, terms);
  return instrument.sum(instrument.share(value, margin), commission);
}

/** Where a straight line through two points is at a height; the first of them where there is no such line. */
function onLine(height: number, at: number, value: number, otherAt: number, otherValue: number): number {
  const place = at + ((height - value) * (otherAt - at)) / (otherValue - value);
  return Number.isFinite(place) ? place : at;
}
