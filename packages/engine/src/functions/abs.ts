import { defineFunction } from "../function.js";

export const abs = defineFunction({
  name: "abs",
  summary: "Absolute value",
  description: "The value without its sign.",
  source: "Pine v6 math.abs",
  inputs: [{ name: "x", type: "same" }],
  output: "same",
  evaluate: (x: number) => Math.abs(x),
  examples: [
    { inputs: [-2.5], output: 2.5 },
    { inputs: [3], output: 3 },
    { inputs: [null], output: null },
  ],
});
