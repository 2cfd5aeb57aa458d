import { defineFunction } from "../function.js";

export const pow = defineFunction({
  name: "pow",
  summary: "Power",
  description:
    "`base` to the power of `exponent`; none of a base below zero with an exponent that is not whole, of zero " +
    "with one below zero, and where it is larger than a number can be.",
  source: "Pine v6 math.pow",
  inputs: [
    { name: "base", type: "ratio" },
    { name: "exponent", type: "ratio" },
  ],
  output: "ratio",
  // Absent to the power of 0 would be 1.
  evaluate: (base: number, exponent: number) => (base === base ? base ** exponent : NaN),
  examples: [
    { inputs: [2, 10], output: 1024 },
    { inputs: [-2, 3], output: -8 },
    { inputs: [9, 0.5], output: 3 },
    { inputs: [-9, 0.5], output: null },
    { inputs: [0, -1], output: null },
    { inputs: [10, 400], output: null },
    { inputs: [null, 0], output: null },
    { inputs: [2, null], output: null },
  ],
});
