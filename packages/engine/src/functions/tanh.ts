import { defineFunction } from "../function.js";

export const tanh = defineFunction({
  name: "tanh",
  summary: "Hyperbolic tangent",
  description: "The hyperbolic sine divided by the hyperbolic cosine: between −1 and 1.",
  source: "TA-Lib 0.6 TANH",
  inputs: [{ name: "x", type: "ratio" }],
  output: "ratio",
  evaluate: (x: number) => Math.tanh(x),
  examples: [
    { inputs: [0], output: 0 },
    { inputs: [1], output: 0.7615941559557649 },
    { inputs: [1000], output: 1 },
    { inputs: [null], output: null },
  ],
});
