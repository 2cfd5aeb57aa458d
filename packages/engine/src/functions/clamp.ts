import { defineFunction } from "../function.js";

export const clamp = defineFunction({
  name: "clamp",
  summary: "Value kept between two others",
  description: "The value, but no less than `low` and no more than `high`; none where `low` is above `high`.",
  source: "the C++ standard library, clamp",
  inputs: [
    { name: "x", type: "same" },
    { name: "low", type: "same" },
    { name: "high", type: "same" },
  ],
  output: "same",
  evaluate: (x: number, low: number, high: number) => (low <= high ? Math.min(Math.max(x, low), high) : NaN),
  examples: [
    { inputs: [5, 0, 3], output: 3 },
    { inputs: [-5, 0, 3], output: 0 },
    { inputs: [2, 0, 3], output: 2 },
    { inputs: [2, 3, 0], output: null },
    { inputs: [null, 0, 3], output: null },
  ],
});
