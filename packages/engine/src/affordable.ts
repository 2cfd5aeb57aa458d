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

/** As far as doubles lead a guess astray, relative to it. */
const noise = 2 ** -50;
/** The step from a double to the next, relative to it, or half of it. */
const ulp = 2 ** -52;

/**
 * The largest part of a quantity whose margin and commission some cash pays for; 0 when there is none. A short sale needs
 * as much as a purchase. Where the rounding of a rebate makes more cost less, it may be a minor unit's worth below that.
 */
export function affordable(
  charges: Charges,
  cash: number,
  { price, quantity: wanted, before, terms, margin, rate }: Asked,
): number {
  if (!(cash > 0) || !(wanted > 0)) return 0;
  const { instrument } = charges;
  const have = instrument.moneyDecimal(cash);
  const needed = margin.numerator / margin.denominator;
  const worth = (quantity: number): number =>
    needed * Math.abs(instrument.notionalDecimal(price, quantity, rate));
  const paidFor = (quantity: number): number => {
    const value = Math.abs(instrument.notional(price, quantity, rate));
    const commission = commissionOn(charges, { value, quantity }, before, terms);
    return instrument.sum(instrument.share(value, margin), commission);
  };
  const isCounted = !instrument.isAsGiven;
  const isPaid = (quantity: number): boolean => {
    // Spares the exact arithmetic what it could not count: no rounding makes up for as much.
    if (isCounted && worth(quantity) * (1 - charges.rebate / needed) > have * 1.02 + 1) return false;
    return paidFor(quantity) <= cash;
  };
  if (isPaid(wanted)) return wanted;

  const isWhole = instrument.specification.lot !== null;
  // A share of the value is most of what is paid, so the limit is mostly right beside this; but where a lot is worth
  // less than a minor unit, many lots from it.
  const most = Math.min(wanted, wanted * (have / worth(wanted)));
  const whole = (quantity: number): number => instrument.wholeLots(Math.floor(quantity));
  const near = isWhole ? whole(most) : most;
  const paidNear = near > 0 ? instrument.moneyDecimal(paidFor(near)) : NaN;
  const first = near > 0 ? most * (worth(near) / paidNear) : most;
  const guess = isWhole
    ? first
    : onLine(have, first, instrument.moneyDecimal(paidFor(first)), near, paidNear);

  let [paid, tooMuch] = [0, wanted];
  const probe = (quantity: number): void => {
    if (isPaid(quantity)) paid = quantity;
    else tooMuch = quantity;
  };
  for (const each of isWhole
    ? [whole(guess) + instrument.lotSteps, whole(guess)]
    : [guess * (1 + ulp), guess * (1 - ulp), guess * (1 + noise), guess * (1 - noise)])
    if (each > paid && each < tooMuch) probe(each);
  for (;;) {
    const between = paid + (tooMuch - paid) / 2;
    const middle = isWhole ? whole(between) : between;
    if (middle === paid || middle === tooMuch) return paid;
    probe(middle);
  }
}

/** Where a straight line through two points is at a height; the first of them where there is no such line. */
function onLine(height: number, at: number, value: number, otherAt: number, otherValue: number): number {
  const place = at + ((height - value) * (otherAt - at)) / (otherValue - value);
  return Number.isFinite(place) ? place : at;
}
