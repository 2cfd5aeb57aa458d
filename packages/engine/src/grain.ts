import { commonStep, type Fraction } from "./fraction.js";

/** What is counted in steps moves in multiples of them: how many, and how large that is. */
export interface Grain {
  readonly steps: number;
  readonly size: Fraction;
}

/** The step that all of some sizes are whole multiples of, and how many of it each is. */
export function grainsOf(sizes: readonly [Fraction, ...Fraction[]]): {
  readonly base: Fraction;
  readonly grains: readonly Grain[];
} {
  const base = sizes.reduce(commonStep);
  const grains = sizes.map((size) => ({
    size,
    steps: Math.round((size.numerator * base.denominator) / (size.denominator * base.numerator)),
  }));
  return { base, grains };
}
