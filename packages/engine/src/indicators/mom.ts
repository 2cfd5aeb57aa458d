import { defineIndicator, length } from "../indicator.js";

export const mom = defineIndicator({
  name: "mom",
  summary: "Momentum",
  description:
    "The value less the value `length` bars before. " +
    "A bar has no value where either of the two is missing.",
  source: "TA-Lib 0.6 MOM, to the bit",
  formula: "source − source[length]",
  memory: "window",
  gaps: "spread",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 10 })],
  outputs: [{ name: "value", type: "same", isDistance: true }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: () => ({}),
  advance(_state, [length], [source], [out], from, to) {
    for (let i = from; i < to; i++) {
      out[i] = source[i] - source[i - length];
    }
  },
  examples: [
    { parameters: [2], inputs: { source: [1, 2, 4, 1] }, outputs: { value: [null, null, 3, -1] } },
    { parameters: [1], inputs: { source: [1, null, 4, 9] }, outputs: { value: [null, null, null, 5] } },
  ],
});
