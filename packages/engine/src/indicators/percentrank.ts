import { defineIndicator, length } from "../indicator.js";

export const percentrank = defineIndicator({
  name: "percentrank",
  summary: "Percent rank",
  description:
    "How many of the `length` values before this one are not larger than it, as a percentage of them, from 0 to 100. A " +
    "bar without a value starts the window anew.",
  source: "Pine v6 ta.percentrank",
  formula: "100 × the share of source[1] … source[length] that is ≤ source",
  memory: "window",
  gaps: "restart",
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: () => ({ seen: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      seen = value === value ? seen + 1 : 0;
      if (seen <= length) {
        out[i] = NaN;
        continue;
      }
      let count = 0;
      for (let k = 1; k <= length; k++) if (source[i - k] <= value) count++;
      out[i] = (100 * count) / length;
    }
    state.seen = seen;
  },
  examples: [
    { parameters: [2], inputs: { source: [1, 3, 2, 2, 1] }, outputs: { value: [null, null, 50, 50, 0] } },
    { parameters: [1], inputs: { source: [2, null, 1, 4] }, outputs: { value: [null, null, null, 100] } },
  ],
});
