import { defineIndicator, length } from "../indicator.js";
import { barsBetweenRebuilds } from "../rebuild.js";

export const sum = defineIndicator({
  name: "sum",
  summary: "Sum of a window",
  description: "The sum of the last `length` values. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 SUM, to the bit",
  formula: "Σ source",
  memory: "window",
  gaps: "restart",
  isShiftBound: () => true,
  cost: "constant",
  names: { pine: "sum" },
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, total: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen, total } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value !== value) {
        seen = 0;
        total = 0;
        out[i] = NaN;
        continue;
      }
      total += value;
      seen++;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      out[i] = total;
      total -= source[i - length + 1];
      if (seen % barsBetweenRebuilds === 0) {
        total = 0;
        for (let k = i - length + 2; k <= i; k++) total += source[k];
      }
    }
    state.seen = seen;
    state.total = total;
  },
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 3, 4, 8] }, outputs: { value: [null, null, 6, 9, 15] } },
    {
      parameters: [2],
      inputs: { source: [1, 3, null, 5, 7] },
      outputs: { value: [null, 4, null, null, 12] },
    },
  ],
});
