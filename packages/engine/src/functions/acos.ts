import { defineFunction } from "../function.js";

export const acos = defineFunction({
  name: "acos",
  summary: "Arccosine",
  description: "The angle in radians, from 0 to π, whose cosine the value is; none beyond −1 and 1.",
  source: "Pine v6 math.acos; TA-Lib 0.6 ACOS",
  inputs: [{ name: "x", type: "ratio" }],
  output: "ratio",
  evaluate: (x: number) => Math.acos(x),
  examples: [
    { inputs: [1], output: 0 },
    { inputs: [-1], output: 3.141592653589793 },
    { inputs: [-1.5], output: null },
    { inputs: [null], output: null },
  ],
});
