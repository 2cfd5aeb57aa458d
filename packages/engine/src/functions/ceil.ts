import { defineFunction } from "../function.js";

export const ceil = defineFunction({
  name: "ceil",
  summary: "Rounded up",
  description: "The smallest whole number that is not below the value.",
  source: "Pine v6 math.ceil; TA-Lib 0.6 CEIL",
  inputs: [{ name: "x", type: "same" }],
  output: "same",
  evaluate: (x: number) => Math.ceil(x),
  examples: [
    { inputs: [2.1], output: 3 },
    { inputs: [-2.7], output: -2 },
    { inputs: [-0.5], output: 0 },
    { inputs: [4], output: 4 },
    { inputs: [null], output: null },
  ],
});
