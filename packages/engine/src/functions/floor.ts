import { defineFunction } from "../function.js";

export const floor = defineFunction({
  name: "floor",
  summary: "Rounded down",
  description: "The largest whole number that is not above the value.",
  source: "Pine v6 math.floor; TA-Lib 0.6 FLOOR",
  inputs: [{ name: "x", type: "same" }],
  output: "same",
  evaluate: (x: number) => Math.floor(x),
  examples: [
    { inputs: [2.7], output: 2 },
    { inputs: [-2.1], output: -3 },
    { inputs: [4], output: 4 },
    { inputs: [null], output: null },
  ],
});
