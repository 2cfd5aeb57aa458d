import { defineIndicator, length } from "../indicator.js";

/** A running sum drifts; from time to time it is added up anew. */
const barsBetweenRebuilds = 65_536;

export const sma = defineIndicator({
  name: "sma",
  summary: "Simple moving average",
  description: "The mean of the last `length` values. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 SMA, to the bit (same order of additions)",
  formula: "Σ source / length",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, sum: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen, sum } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value !== value) {
        seen = 0;
        sum = 0;
        out[i] = NaN;
        continue;
      }
      sum += value;
      seen++;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      out[i] = sum / length;
      sum -= source[i - length + 1];
      if (seen % barsBetweenRebuilds === 0) {
        sum = 0;
        for (let k = i - length + 2; k <= i; k++) sum += source[k];
      }
    }
    state.seen = seen;
    state.sum = sum;
  },
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 3, 4, 8] }, outputs: { value: [null, null, 2, 3, 5] } },
    { parameters: [2], inputs: { source: [1, 3, null, 5, 7] }, outputs: { value: [null, 2, null, null, 6] } },
  ],
});
