import type { Fraction } from "../fraction.js";
import type { Instrument } from "../instrument.js";

/** Quantities after a split, and what is left over of all of them: a part of a step of quantity. */
export interface SplitQuantities {
  readonly quantities: readonly number[];
  readonly rest: Fraction;
}

const nothing: Fraction = { numerator: 0, denominator: 1 };

/**
 * Quantities of one holding after a split, not below zero and in their order. Together they are as many whole lots as
 * there are in the whole, so what is no lot of one goes on with the next; quantities without lots are just multiplied.
 */
export function splitQuantities(
  instrument: Instrument,
  quantities: readonly number[],
  { numerator, denominator }: Fraction,
): SplitQuantities {
  if (instrument.specification.lot === null)
    return { quantities: quantities.map((each) => (each * numerator) / denominator), rest: nothing };
  const [ratio, parts] = [BigInt(numerator), BigInt(denominator)];
  let [sum, done] = [0n, 0n];
  const split = quantities.map((each) => {
    sum += BigInt(each) * ratio;
    const before = done;
    done = BigInt(instrument.wholeLots(Number(sum / parts)));
    return Number(done - before);
  });
  return { quantities: split, rest: { numerator: Number(sum - done * parts), denominator } };
}

/** One quantity after a split, rounded down to lots. */
export const splitQuantity = (instrument: Instrument, quantity: number, ratio: Fraction): number =>
  splitQuantities(instrument, [quantity], ratio).quantities[0];
