import { nearestFraction } from "./fraction.js";
import type { Instrument } from "./instrument.js";

/** A share of a quantity, rounded down to lots: 30% of 10 lots are 3, whatever a double makes of 0.3. */
export function portionOf(instrument: Instrument, quantity: number, share: number): number {
  if (instrument.specification.lot === null) return quantity * share;
  const { numerator, denominator } = nearestFraction(share);
  return instrument.wholeLots(Number((BigInt(quantity) * BigInt(numerator)) / BigInt(denominator)));
}
