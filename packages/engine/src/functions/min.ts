import { defineFunction } from "../function.js";

export const min = defineFunction({
  name: "min",
  summary: "Smallest of several values",
  description:
    "The smallest of two to eight values of the same bar; none where one of them has none. The smallest of the " +
    "last bars is `lowest`.",
  source: "Pine v6 math.min",
  inputs: [
    { name: "a", type: "same" },
    { name: "b", type: "same" },
  ],
  output: "same",
  most: 8,
  combine: (a: number, b: number) => Math.min(a, b),
  examples: [
    { inputs: [2, 5], output: 2 },
    { inputs: [2, -5, 3], output: -5 },
    { inputs: [2, null], output: null },
  ],
});
