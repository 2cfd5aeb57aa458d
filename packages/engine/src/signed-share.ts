import { nearestFraction } from "./fraction.js";
import type { Instrument } from "./instrument.js";

/** A share of amounts of money that are not below zero, rounded half to even; a rate below zero gives it back. */
export function signedShare(instrument: Instrument, rate: number): (money: number) => number {
  const size = nearestFraction(Math.abs(rate));
  if (rate < 0) return (money) => 0 - instrument.share(money, size);
  return (money) => instrument.share(money, size);
}
