import { defineFunction } from "../function.js";

export const sinh = defineFunction({
  name: "sinh",
  summary: "Hyperbolic sine",
  description: "Half of what e to the power of the value is more than its inverse.",
  source: "TA-Lib 0.6 SINH",
  inputs: [{ name: "x", type: "ratio" }],
  output: "ratio",
  evaluate: (x: number) => Math.sinh(x),
  examples: [
    { inputs: [0], output: 0 },
    { inputs: [1], output: 1.1752011936438014 },
    { inputs: [1000], output: null },
    { inputs: [null], output: null },
  ],
});
