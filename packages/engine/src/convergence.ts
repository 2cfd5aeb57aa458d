import type { KernelState } from "./kernel.js";

/** Two exponential averages and that of their difference; sums as long as their seeds are gathered. */
export interface Averages extends KernelState {
  seen: number;
  fastAverage: number;
  slowAverage: number;
  signalAverage: number;
  /** The weights of a new value once there is a seed. */
  fastWeight: number;
  slowWeight: number;
}

export const startConvergence = (fastWeight: number, slowWeight: number): Averages => ({
  seen: 0,
  fastAverage: 0,
  slowAverage: 0,
  signalAverage: 0,
  fastWeight,
  slowWeight,
});

/**
 * Writes the difference of the averages, its own average, and what is between the two: the loop of all MACDs. The lengths
 * are those of the seeds, in bars, with `fast` ≤ `slow`.
 */
export function advanceConvergence(
  state: Averages,
  fast: number,
  slow: number,
  smooth: number,
  source: Float64Array,
  [macd, signal, histogram]: readonly Float64Array[],
  from: number,
  to: number,
): void {
  const smoothWeight = 2 / (smooth + 1);
  const complete = slow + smooth - 1;
  const { fastWeight, slowWeight } = state;
  let { seen, fastAverage, slowAverage, signalAverage } = state;
  for (let i = from; i < to; i++) {
    // In a loop of its own: one that may also be gathering a seed takes twice as long for a bar.
    for (; seen > complete && i < to; i++) {
      const value = source[i];
      if (value !== value) break;
      slowAverage = (value - slowAverage) * slowWeight + slowAverage;
      fastAverage = (value - fastAverage) * fastWeight + fastAverage;
      const difference = fastAverage - slowAverage;
      signalAverage = (difference - signalAverage) * smoothWeight + signalAverage;
      macd[i] = difference;
      signal[i] = signalAverage;
      histogram[i] = difference - signalAverage;
    }
    if (i === to) break;
    macd[i] = signal[i] = histogram[i] = NaN;
    const value = source[i];
    if (value !== value) continue;
    seen++;
    // While a seed is being gathered, its average holds the sum.
    if (seen <= slow) {
      slowAverage += value;
      if (seen > slow - fast) fastAverage += value;
      if (seen < slow) continue;
      slowAverage /= slow;
      fastAverage /= fast;
    } else {
      slowAverage = (value - slowAverage) * slowWeight + slowAverage;
      fastAverage = (value - fastAverage) * fastWeight + fastAverage;
    }
    const difference = fastAverage - slowAverage;
    if (seen > complete) {
      signalAverage = (difference - signalAverage) * smoothWeight + signalAverage;
    } else {
      signalAverage += difference;
      if (seen < complete) continue;
      signalAverage /= smooth;
    }
    macd[i] = difference;
    signal[i] = signalAverage;
    histogram[i] = difference - signalAverage;
  }
  state.seen = seen;
  state.fastAverage = fastAverage;
  state.slowAverage = slowAverage;
  state.signalAverage = signalAverage;
}
