import { defineIndicator, length } from "../indicator.js";

export const change = defineIndicator({
  name: "change",
  summary: "Change over a number of bars",
  description: "The value less the value `length` bars ago; none where either bar has no value.",
  source: "Pine v6 ta.change",
  formula: "source − source[length]",
  memory: "window",
  gaps: "spread",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 1 })],
  outputs: [{ name: "value", type: "same", isDistance: true }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: () => ({}),
  advance(_state, [length], [source], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = source[i] - source[i - length];
  },
  examples: [
    { parameters: [1], inputs: { source: [1, 3, 2] }, outputs: { value: [null, 2, -1] } },
    {
      parameters: [2],
      inputs: { source: [1, 3, null, 7, 5, 4] },
      outputs: { value: [null, null, null, 4, null, -3] },
    },
  ],
});
