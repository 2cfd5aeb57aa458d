import { defineIndicator, length } from "../indicator.js";

export const minmax = defineIndicator({
  name: "minmax",
  summary: "Lowest and highest value",
  description:
    "The smallest (`min`) and the largest (`max`) of the last `length` values. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 MINMAX, to the bit",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [
    { name: "min", type: "same" },
    { name: "max", type: "same" },
  ],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, low: 0, high: 0 }),
  advance(state, [length], [source], [min, max], from, to) {
    // `low` and `high` are how many bars ago the extremes were seen.
    let { seen, low, high } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      min[i] = max[i] = NaN;
      if (value !== value) {
        seen = 0;
        continue;
      }
      seen++;
      low++;
      high++;
      if (seen === 1) low = high = 0;
      // Only when the one known has left the window is the window searched.
      if (low >= length) {
        low = 0;
        for (let k = 1; k < length; k++) if (source[i - k] < source[i - low]) low = k;
      } else if (value <= source[i - low]) low = 0;
      if (high >= length) {
        high = 0;
        for (let k = 1; k < length; k++) if (source[i - k] > source[i - high]) high = k;
      } else if (value >= source[i - high]) high = 0;
      if (seen < length) continue;
      min[i] = source[i - low];
      max[i] = source[i - high];
    }
    state.seen = seen;
    state.low = low;
    state.high = high;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, 0, 0, 0] },
      outputs: { min: [null, null, 1, 1, 0, 0, 0], max: [null, null, 5, 3, 3, 3, 0] },
    },
    {
      parameters: [2],
      inputs: { source: [1, 3, null, 5, 7] },
      outputs: { min: [null, 1, null, null, 5], max: [null, 3, null, null, 7] },
    },
  ],
});
