import type { KernelState } from "./kernel.js";
import { barsBetweenRebuilds } from "./rebuild.js";

/** A simple average of values that stand in no column. */
export interface Mean extends KernelState {
  seen: number;
  sum: number;
  /** The last values, a ring, and the place of the next in it. */
  values: Float64Array;
  slot: number;
}

export const startMean = (length: number): Mean => ({
  seen: 0,
  sum: 0,
  values: new Float64Array(length),
  slot: 0,
});

/** Forgets all values, as on a bar without one. */
export function clearMean(mean: Mean): void {
  mean.seen = mean.sum = 0;
}

/** Takes one more value; NaN until the window is full. The order of additions is that of `sma`. */
export function addToMean(mean: Mean, value: number): number {
  const { values, slot } = mean;
  const { length } = values;
  const oldest = slot + 1 < length ? slot + 1 : 0;
  const sum = mean.sum + value;
  values[slot] = value;
  mean.slot = oldest;
  mean.sum = sum;
  mean.seen++;
  if (mean.seen < length) return NaN;
  mean.sum = mean.seen % barsBetweenRebuilds === 0 ? sumWithout(values, oldest) : sum - values[oldest];
  return sum / length;
}

/** The same for a column, which may be written over itself; a bar without a value starts the average anew. */
export function advanceMean(
  mean: Mean,
  source: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const { values } = mean;
  const { length } = values;
  for (let i = from; i < to; i++) {
    let { seen, sum, slot } = mean;
    // In a loop of its own, with nothing read back from the state, which takes half as long for a bar.
    const end = Math.min(to, i + barsBetweenRebuilds - 1 - (seen % barsBetweenRebuilds));
    for (; seen >= length && i < end; i++) {
      const value = source[i];
      if (value !== value) break;
      sum += value;
      values[slot] = value;
      slot = slot + 1 < length ? slot + 1 : 0;
      out[i] = sum / length;
      sum -= values[slot];
      seen++;
    }
    mean.seen = seen;
    mean.sum = sum;
    mean.slot = slot;
    if (i === to) break;
    const value = source[i];
    if (value !== value) clearMean(mean);
    out[i] = value === value ? addToMean(mean, value) : NaN;
  }
}

function sumWithout(values: Float64Array, oldest: number): number {
  let sum = 0;
  for (let k = 1; k < values.length; k++) sum += values[(oldest + k) % values.length];
  return sum;
}
