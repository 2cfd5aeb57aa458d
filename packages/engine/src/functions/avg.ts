import { defineFunction } from "../function.js";

export const avg = defineFunction({
  name: "avg",
  summary: "Mean of several values",
  description:
    "The arithmetic mean of two to eight values of the same bar; none where one of them has none. The mean of the " +
    "last bars is `sma`.",
  source: "Pine v6 math.avg",
  inputs: [
    { name: "a", type: "same" },
    { name: "b", type: "same" },
  ],
  output: "same",
  most: 8,
  combine: (a: number, b: number) => a + b,
  finish: (sum: number, count: number) => sum / count,
  examples: [
    { inputs: [2, 5], output: 3.5 },
    { inputs: [1, 2, 6], output: 3 },
    { inputs: [2, null], output: null },
  ],
});
