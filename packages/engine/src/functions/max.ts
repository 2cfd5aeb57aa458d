import { defineFunction } from "../function.js";

export const max = defineFunction({
  name: "max",
  summary: "Largest of several values",
  description:
    "The largest of two to eight values of the same bar; none where one of them has none. The largest of the last " +
    "bars is `highest`.",
  source: "Pine v6 math.max",
  inputs: [
    { name: "a", type: "same" },
    { name: "b", type: "same" },
  ],
  output: "same",
  most: 8,
  combine: (a: number, b: number) => Math.max(a, b),
  examples: [
    { inputs: [2, 5], output: 5 },
    { inputs: [2, -5, 3], output: 3 },
    { inputs: [2, null], output: null },
  ],
});
