import { defineFunction } from "../function.js";

export const cosh = defineFunction({
  name: "cosh",
  summary: "Hyperbolic cosine",
  description: "The mean of e to the power of the value and its inverse.",
  source: "TA-Lib 0.6 COSH",
  inputs: [{ name: "x", type: "ratio" }],
  output: "ratio",
  evaluate: (x: number) => Math.cosh(x),
  examples: [
    { inputs: [0], output: 1 },
    { inputs: [1], output: 1.5430806348152437 },
    { inputs: [1000], output: null },
    { inputs: [null], output: null },
  ],
});
