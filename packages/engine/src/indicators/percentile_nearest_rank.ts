import { defineIndicator, length } from "../indicator.js";
import { insertSorted, removeSorted } from "../sorted-window.js";

export const percentile_nearest_rank = defineIndicator({
  name: "percentile_nearest_rank",
  summary: "Percentile by nearest rank",
  description:
    "The smallest of the last `length` values that at least `percentage` per cent of them do not exceed: always one of " +
    "them, the largest at 100, the smallest at 0. A bar without a value starts the window anew.",
  source: "Pine v6 ta.percentile_nearest_rank",
  formula: "the sorted window at ⌈percentage / 100 × length⌉",
  memory: "window",
  gaps: "restart",
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length(), { name: "percentage", type: "number", minimum: 0 }],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: ([length]) => ({ count: 0, sorted: new Float64Array(length) }),
  advance(state, [length, percentage], [source], [out], from, to) {
    const { sorted } = state;
    const rank = Math.ceil((percentage * length) / 100);
    const place = Math.min(Math.max(rank, 1), length) - 1;
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
      out[i] = sorted[place];
      removeSorted(sorted, source[i - length + 1]);
      count--;
    }
    state.count = count;
  },
  examples: [
    // Ranks 3, 1 and 4 of four.
    {
      parameters: [4, 60],
      inputs: { source: [5, 1, 9, 3, 4] },
      outputs: { value: [null, null, null, 5, 4] },
    },
    { parameters: [4, 0], inputs: { source: [5, 1, 9, 3] }, outputs: { value: [null, null, null, 1] } },
    {
      parameters: [2, 100],
      inputs: { source: [5, 1, null, 3, 4] },
      outputs: { value: [null, 5, null, null, 4] },
    },
  ],
});
