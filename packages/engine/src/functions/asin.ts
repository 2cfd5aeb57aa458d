import { defineFunction } from "../function.js";

export const asin = defineFunction({
  name: "asin",
  summary: "Arcsine",
  description: "The angle in radians, from −π/2 to π/2, whose sine the value is; none beyond −1 and 1.",
  source: "Pine v6 math.asin; TA-Lib 0.6 ASIN",
  inputs: [{ name: "x", type: "ratio" }],
  output: "ratio",
  evaluate: (x: number) => Math.asin(x),
  examples: [
    { inputs: [0], output: 0 },
    { inputs: [1], output: 1.5707963267948966 },
    { inputs: [1.5], output: null },
    { inputs: [null], output: null },
  ],
});
