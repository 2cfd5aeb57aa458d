import { defineIndicator, length } from "../indicator.js";
import { insertSorted, removeSorted } from "../sorted-window.js";

export const mode = defineIndicator({
  name: "mode",
  summary: "Most frequent value",
  description:
    "The value that is met most often among the last `length`; of several met equally often, the smallest. A bar without " +
    "a value starts the window anew.",
  source: "Pine v6 ta.mode",
  formula: "the most frequent value of the window, of several the smallest",
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
      // Equal values stand together, the smallest of them first.
      let longest = 0;
      let start = 0;
      for (let k = 1; k <= length; k++) {
        if (k < length && sorted[k] === sorted[start]) continue;
        if (k - start > longest) {
          longest = k - start;
          out[i] = sorted[start];
        }
        start = k;
      }
      removeSorted(sorted, source[i - length + 1]);
      count--;
    }
    state.count = count;
  },
  examples: [
    {
      parameters: [4],
      inputs: { source: [3, 1, 3, 1, 2, 2, null, 9, 8, 7, 8] },
      outputs: { value: [null, null, null, 1, 1, 2, null, null, null, null, 8] },
    },
    { parameters: [2], inputs: { source: [3, 1, 1] }, outputs: { value: [null, 1, 1] } },
  ],
});
