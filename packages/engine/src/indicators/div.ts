import { defineIndicator } from "../indicator.js";

export const div = defineIndicator({
  name: "div",
  summary: "Quotient of two series",
  description:
    "`a / b`, under the name that TA-Lib has for it, for two series in one unit; others take the operator. A bar on which " +
    "either has no value has none, nor where `b` is 0.",
  source: "TA-Lib 0.6 DIV, to the bit",
  formula: "a / b",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  inputs: [
    { name: "a", type: "same" },
    { name: "b", type: "same" },
  ],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [a, b], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = b[i] === 0 ? NaN : a[i] / b[i];
  },
  examples: [
    {
      parameters: [],
      inputs: { a: [1, 2, null, 3], b: [4, -2, 1, 0] },
      outputs: { value: [0.25, -1, null, null] },
    },
  ],
});
