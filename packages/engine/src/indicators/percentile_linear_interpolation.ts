import { defineIndicator, length } from "../indicator.js";
import { insertSorted, removeSorted } from "../sorted-window.js";

export const percentile_linear_interpolation = defineIndicator({
  name: "percentile_linear_interpolation",
  summary: "Percentile by linear interpolation",
  description:
    "The percentile of the last `length` values, interpolated between the two nearest ranks, where the value of rank k " +
    "stands at (k − ½) / length: 50 is the median. Beyond the outermost ranks it is the smallest or the largest value. A " +
    "bar without a value starts the window anew.",
  source: "Hazen's plotting positions (1914); Pine v6 ta.percentile_linear_interpolation",
  formula:
    "the sorted window at percentage / 100 × length − 1/2, between two of its values where that is between two",
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
    const place = Math.min(Math.max((percentage * length) / 100 - 0.5, 0), length - 1);
    const below = Math.floor(place);
    const above = Math.ceil(place);
    const share = place - below;
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
      out[i] = sorted[below] + share * (sorted[above] - sorted[below]);
      removeSorted(sorted, source[i - length + 1]);
      count--;
    }
    state.count = count;
  },
  examples: [
    // Places ½ + 1, the third value, before the first and behind the last.
    {
      parameters: [4, 50],
      inputs: { source: [5, 1, 9, 3, 4] },
      outputs: { value: [null, null, null, 4, 3.5] },
    },
    { parameters: [4, 62.5], inputs: { source: [5, 1, 9, 3] }, outputs: { value: [null, null, null, 5] } },
    {
      parameters: [2, 0],
      inputs: { source: [5, 1, null, 3, 4] },
      outputs: { value: [null, 1, null, null, 3] },
    },
    { parameters: [2, 100], inputs: { source: [5, 1] }, outputs: { value: [null, 5] } },
  ],
});
