import { defineIndicator } from "../indicator.js";

// The operator has a kernel of this name too; the two are the same loop, so that it does not matter which one runs.
export const add = defineIndicator({
  name: "add",
  summary: "Sum of two series",
  description: "`a + b`, under the name that TA-Lib has for it. A bar on which either has no value has none.",
  source: "TA-Lib 0.6 ADD, to the bit",
  formula: "a + b",
  memory: "window",
  gaps: "skip",
  isShiftBound: () => true,
  cost: "constant",
  inputs: [
    { name: "a", type: "same" },
    { name: "b", type: "same" },
  ],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [a, b], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = a[i] + b[i];
  },
  examples: [
    { parameters: [], inputs: { a: [1, 2, null], b: [4, -2, 1] }, outputs: { value: [5, 0, null] } },
  ],
});
