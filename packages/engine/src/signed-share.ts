import { nearestFraction } from "./fraction.js";
import type { Instrument } from "./instrument.js";

/** A share of amounts of money that are not below zero, rounded half to even; a rate below zero gives it back. */
export function signedShare(instrument: Instrument, rate: number): (money: number) => number {
  const size = nearestFraction(Math.abs(rate));
  const sign = rate < 0 ? -1 : 1;
  // Not −0.
  return (money) => sign * instrument.share(money, size) + 0;
}
