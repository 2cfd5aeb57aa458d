/**
 * The sum of the newest values, each times its weight: `weights[0]` is that of bar `i`, `weights[1]` of the one before.
 * Added up on every bar, so that it does not drift.
 */
export function weigh(source: Float64Array, i: number, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += source[i - k] * weights[k];
  return sum;
}

/** Scales weights so that they add up to 1. */
export function normalised(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, each) => total + each, 0);
  return weights.map((each) => each / sum);
}
