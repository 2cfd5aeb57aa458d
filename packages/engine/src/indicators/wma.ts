import { defineIndicator, length } from "../indicator.js";
import { barsBetweenRebuilds } from "../rebuild.js";

export const wma = defineIndicator({
  name: "wma",
  summary: "Linearly weighted moving average",
  description:
    "A mean of the last `length` values in which the newest weighs `length`, the one before it one less, and so on " +
    "down to 1. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 WMA",
  formula: "Σ (length − age) × source / Σ (length − age)",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, sum: 0, weighted: 0 }),
  advance(state, [length], [source], [out], from, to) {
    const weights = (length * (length + 1)) / 2;
    let { seen, sum, weighted } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value !== value) {
        seen = 0;
        sum = 0;
        weighted = 0;
        out[i] = NaN;
        continue;
      }
      seen++;
      sum += value;
      // What is in the window loses one weight with every bar, which is the sum of it.
      weighted += value * Math.min(seen, length);
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      out[i] = weighted / weights;
      weighted -= sum;
      sum -= source[i - length + 1];
      if (seen % barsBetweenRebuilds === 0) {
        sum = 0;
        weighted = 0;
        for (let k = 1; k < length; k++) {
          sum += source[i - length + 1 + k];
          weighted += k * source[i - length + 1 + k];
        }
      }
    }
    state.seen = seen;
    state.sum = sum;
    state.weighted = weighted;
  },
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 4, 7] }, outputs: { value: [null, null, 17 / 6, 31 / 6] } },
    { parameters: [2], inputs: { source: [3, 6, null, 3, 6] }, outputs: { value: [null, 5, null, null, 5] } },
  ],
});
