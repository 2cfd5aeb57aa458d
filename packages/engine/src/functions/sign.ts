import { defineFunction } from "../function.js";

export const sign = defineFunction({
  name: "sign",
  summary: "Sign",
  description: "1 above zero, −1 below it, 0 at it.",
  source: "Pine v6 math.sign",
  inputs: [{ name: "x", type: "same" }],
  output: "ratio",
  evaluate: (x: number) => Math.sign(x),
  examples: [
    { inputs: [-2.5], output: -1 },
    { inputs: [3], output: 1 },
    { inputs: [0], output: 0 },
    { inputs: [null], output: null },
  ],
});
