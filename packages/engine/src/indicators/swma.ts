import { defineIndicator } from "../indicator.js";

export const swma = defineIndicator({
  name: "swma",
  summary: "Symmetrically weighted moving average",
  description:
    "A mean of the last four values with the weights 1, 2, 2 and 1. A bar without a value leaves the three after it " +
    "without one.",
  source: "Pine v6 ta.swma",
  formula: "source / 6 + source[1] / 3 + source[2] / 3 + source[3] / 6",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 3,
  lookback: () => 3,
  start: () => ({}),
  advance(_state, _parameters, [source], [out], from, to) {
    for (let i = from; i < to; i++)
      out[i] = (source[i - 3] + 2 * source[i - 2] + 2 * source[i - 1] + source[i]) / 6;
  },
  examples: [
    {
      parameters: [],
      inputs: { source: [1, 2, 3, 7, 1, null, 1, 1, 1, 7] },
      outputs: { value: [null, null, null, 3, 23 / 6, null, null, null, null, 2] },
    },
  ],
});
