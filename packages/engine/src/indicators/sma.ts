import { defineIndicator, length } from "../indicator.js";
import { barsBetweenRebuilds } from "../rebuild.js";

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
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, sum: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen, sum } = state;
    for (let i = from; i < to;) {
      if (seen < length - 1) {
        const value = source[i];
        const isAbsent = value !== value;
        sum = isAbsent ? 0 : sum + value;
        seen = isAbsent ? 0 : seen + 1;
        out[i++] = NaN;
        continue;
      }
      // In a loop of its own: one that may also begin anew takes twice as long for a bar.
      const start = i;
      const end = Math.min(to, i + barsBetweenRebuilds - (seen % barsBetweenRebuilds));
      for (; i < end; i++) {
        const value = source[i];
        if (value !== value) break;
        sum += value;
        out[i] = sum / length;
        sum -= source[i - length + 1];
      }
      seen += i - start;
      if (i < end) seen = sum = 0;
      if (i < end) out[i++] = NaN;
      else if (seen % barsBetweenRebuilds === 0) {
        sum = 0;
        for (let k = i - length + 1; k < i; k++) sum += source[k];
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
