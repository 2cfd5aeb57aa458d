import { defineIndicator, length } from "../indicator.js";

export const rocp = defineIndicator({
  name: "rocp",
  summary: "Rate of change, as a fraction",
  description:
    "The change since the value `length` bars before, as a fraction of that one; 0 where that one is 0. " +
    "A bar has no value where either of the two is missing.",
  source: "TA-Lib 0.6 ROCP, to the bit",
  formula: "(source − source[length]) / source[length]",
  memory: "window",
  gaps: "spread",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 10 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: () => ({}),
  advance(_state, [length], [source], [out], from, to) {
    for (let i = from; i < to; i++) {
      const before = source[i - length];
      out[i] = before === 0 && source[i] === source[i] ? 0 : (source[i] - before) / before;
    }
  },
  examples: [
    { parameters: [2], inputs: { source: [1, 2, 4, 1] }, outputs: { value: [null, null, 3, -0.5] } },
    {
      parameters: [1],
      inputs: { source: [0, 2, null, 4, 5] },
      outputs: { value: [null, 0, null, null, 0.25] },
    },
  ],
});
