import { defineFunction } from "../function.js";

export const cos = defineFunction({
  name: "cos",
  summary: "Cosine",
  description: "Of an angle in radians.",
  source: "Pine v6 math.cos; TA-Lib 0.6 COS",
  inputs: [{ name: "angle", type: "same" }],
  output: "ratio",
  evaluate: (angle: number) => Math.cos(angle),
  examples: [
    { inputs: [0], output: 1 },
    { inputs: [3.141592653589793], output: -1 },
    { inputs: [null], output: null },
  ],
});
