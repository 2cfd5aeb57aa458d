import { defineFunction } from "../function.js";

export const exp = defineFunction({
  name: "exp",
  summary: "Exponential",
  description: "e to the power of the value; none where that is larger than a number can be.",
  source: "Pine v6 math.exp; TA-Lib 0.6 EXP",
  inputs: [{ name: "x", type: "ratio" }],
  output: "ratio",
  evaluate: (x: number) => Math.exp(x),
  examples: [
    { inputs: [0], output: 1 },
    { inputs: [1], output: 2.718281828459045 },
    { inputs: [-1], output: 0.36787944117144233 },
    { inputs: [1000], output: null },
    { inputs: [null], output: null },
  ],
});
