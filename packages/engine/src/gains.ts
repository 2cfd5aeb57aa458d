import type { KernelState } from "./kernel.js";
import { rise } from "./rise.js";

/** Wilder's averages of what was gained and lost from bar to bar; sums as long as their seeds are gathered. */
export interface Gains extends KernelState {
  seen: number;
  gain: number;
  loss: number;
}

export const startGains = (): Gains => ({ seen: 0, gain: 0, loss: 0 });

/**
 * Writes the average gain, less `lossWeight` times the average loss, in percent of the sum of both; 0 where the value
 * has not moved. A weight of 0 is `rsi`, 1 is `cmo`.
 */
export function advanceGains(
  state: Gains,
  length: number,
  lossWeight: 0 | 1,
  source: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const weight = 1 / length;
  let { seen, gain, loss } = state;
  for (let i = from; i < to; i++) {
    // In a loop of its own: one that may also be gathering the seed takes twice as long for a bar.
    for (; seen >= length && i < to; i++) {
      const change = source[i] - source[i - 1];
      if (change !== change) break;
      gain += (rise(change) - gain) * weight;
      loss += (rise(-change) - loss) * weight;
      const total = gain + loss;
      out[i] = total === 0 ? 0 : 100 * ((gain - lossWeight * loss) / total);
    }
    if (i === to) break;
    out[i] = NaN;
    const change = source[i] - source[i - 1];
    if (change !== change) continue;
    gain += rise(change);
    loss += rise(-change);
    seen++;
    if (seen < length) continue;
    loss /= length;
    gain /= length;
    const total = gain + loss;
    out[i] = total === 0 ? 0 : 100 * ((gain - lossWeight * loss) / total);
  }
  state.seen = seen;
  state.gain = gain;
  state.loss = loss;
}
