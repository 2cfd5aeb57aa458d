import type { KernelState } from "./kernel.js";
import { barsBetweenRebuilds } from "./rebuild.js";

/** The running sums behind `variance` and `stddev`. */
export interface Sums extends KernelState {
  seen: number;
  sum: number;
  squares: number;
}

export const startVariance = (): Sums => ({ seen: 0, sum: 0, squares: 0 });

/** Writes the population variance of the last `length` values; one shared loop, so that the two agree to the bit. */
export function advanceVariance(
  state: Sums,
  length: number,
  source: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  let { seen, sum, squares } = state;
  for (let i = from; i < to; i++) {
    const value = source[i];
    if (value !== value) {
      seen = 0;
      sum = 0;
      squares = 0;
      out[i] = NaN;
      continue;
    }
    sum += value;
    squares += value * value;
    seen++;
    if (seen < length) {
      out[i] = NaN;
      continue;
    }
    const mean = sum / length;
    const variance = squares / length - mean * mean;
    // Rounding can leave a constant window with a variance just below zero.
    out[i] = variance > 0 ? variance : 0;
    const oldest = source[i - length + 1];
    sum -= oldest;
    squares -= oldest * oldest;
    if (seen % barsBetweenRebuilds === 0) {
      sum = 0;
      squares = 0;
      for (let k = i - length + 2; k <= i; k++) {
        sum += source[k];
        squares += source[k] * source[k];
      }
    }
  }
  state.seen = seen;
  state.sum = sum;
  state.squares = squares;
}
