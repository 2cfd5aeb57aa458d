import type { KernelState } from "./kernel.js";

/** Two exponential averages and that of their difference; sums as long as their seeds are gathered. */
export interface Averages extends KernelState {
  seen: number;
  fastAverage: number;
  slowAverage: number;
  signalAverage: number;
}

/** The lengths of the seeds, in bars with `fast` ≤ `slow`, and the weights of a new value afterwards. */
export interface Smoothing {
  readonly fast: number;
  readonly slow: number;
  readonly smooth: number;
  readonly fastWeight: number;
  readonly slowWeight: number;
}

export const startConvergence = (): Averages => ({
  seen: 0,
  fastAverage: 0,
  slowAverage: 0,
  signalAverage: 0,
});

/** Writes the difference of the averages, its own average, and what is between the two: the loop of all MACDs. */
export function advanceConvergence(
  state: Averages,
  { fast, slow, smooth, fastWeight, slowWeight }: Smoothing,
  source: Float64Array,
  [macd, signal, histogram]: readonly Float64Array[],
  from: number,
  to: number,
): void {
  const smoothWeight = 2 / (smooth + 1);
  const complete = slow + smooth - 1;
  let { seen, fastAverage, slowAverage, signalAverage } = state;
  for (let i = from; i < to; i++) {
    macd[i] = signal[i] = histogram[i] = NaN;
    const value = source[i];
    if (value !== value) continue;
    if (seen <= complete) seen++;
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
