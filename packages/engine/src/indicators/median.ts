import { defineIndicator, length } from "../indicator.js";
import { insertSorted, removeSorted } from "../sorted-window.js";

export const median = defineIndicator({
  name: "median",
  summary: "Median",
  description:
    "The middle one of the last `length` values by size, or the mean of the two in the middle where `length` is even. A " +
    "bar without a value starts the window anew.",
  source: "Pine v6 ta.median by name; the even case as in thinkScript's Median",
  formula: "the middle of the sorted window, or the mean of the two there",
  memory: "window",
  gaps: "restart",
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: ([length]) => ({ count: 0, sorted: new Float64Array(length) }),
  advance(state, [length], [source], [out], from, to) {
    const { sorted } = state;
    const upper = Math.floor(length / 2);
    const lower = length - 1 - upper;
    let { count } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      out[i] = NaN;
      if (value !== value) {
        count = 0;
        continue;
      }
      insertSorted(sorted, count, value);
      count++;
      if (count < length) continue;
      out[i] = lower === upper ? sorted[upper] : (sorted[lower] + sorted[upper]) / 2;
      removeSorted(sorted, source[i - length + 1]);
      count--;
    }
    state.count = count;
  },
  examples: [
    { parameters: [3], inputs: { source: [5, 1, 2, 9, 9] }, outputs: { value: [null, null, 2, 2, 9] } },
    {
      parameters: [4],
      inputs: { source: [4, 1, null, 3, 1, 8, 2, 2] },
      outputs: { value: [null, null, null, null, null, null, 2.5, 2] },
    },
  ],
});
