import { defineIndicator } from "../indicator.js";

export const sub = defineIndicator({
  name: "sub",
  summary: "Difference of two series",
  description: "`a - b`, under the name that TA-Lib has for it. A bar on which either has no value has none.",
  source: "TA-Lib 0.6 SUB, to the bit",
  formula: "a − b",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  inputs: [
    { name: "a", type: "same" },
    { name: "b", type: "same" },
  ],
  outputs: [{ name: "value", type: "same", isDistance: true }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [a, b], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = a[i] - b[i];
  },
  examples: [
    { parameters: [], inputs: { a: [1, 2, null], b: [4, -2, 1] }, outputs: { value: [-3, 4, null] } },
  ],
});
