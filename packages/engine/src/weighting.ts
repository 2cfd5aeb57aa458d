import type { WeightingName } from "@bitfever/lang";
import type { Covariance } from "./covariance.js";

/** How the members of a portfolio share it, by what is known of their returns. */
export interface Weighting {
  /** As written in a program: `risk_parity`. */
  readonly name: WeightingName;
  readonly title: string;
  readonly formula: string;
  /** What a cap on each part, of which the others are to have what it cuts off, makes of it. */
  readonly capped: string;
  readonly source: string;
  /**
   * The part of each, none below 0, together 1. Every member moves: no variance is 0.
   *
   * @param cap  the most of one part, above 1 / count so that all can be held; Infinity is none
   */
  readonly weigh: (covariance: Covariance, cap: number) => Float64Array;
}

export const defineWeighting = (weighting: Weighting): Weighting => weighting;

/** Parts in proportion to values that are above 0: together 1. */
export function inProportion(values: Float64Array): Float64Array {
  const whole = values.reduce((sum, each) => sum + each, 0);
  return values.map((each) => each / whole);
}
