import { defineFunction } from "../function.js";

export const sqrt = defineFunction({
  name: "sqrt",
  summary: "Square root",
  description:
    "The number whose square is the value; none of a value below zero. The root of a squared unit is the unit: " +
    "that of a variance of prices is a price. What is no square of a unit has a plain number for its root.",
  source: "Pine v6 math.sqrt; TA-Lib 0.6 SQRT",
  inputs: [{ name: "x", type: "same" }],
  output: "root",
  evaluate: (x: number) => Math.sqrt(x),
  examples: [
    { inputs: [6.25], output: 2.5 },
    { inputs: [0], output: 0 },
    { inputs: [-1], output: null },
    { inputs: [null], output: null },
  ],
});
