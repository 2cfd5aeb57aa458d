import { defineFunction } from "../function.js";

export const atan = defineFunction({
  name: "atan",
  summary: "Arctangent",
  description: "The angle in radians, between −π/2 and π/2, whose tangent the value is.",
  source: "Pine v6 math.atan; TA-Lib 0.6 ATAN",
  inputs: [{ name: "x", type: "same" }],
  output: "ratio",
  evaluate: (x: number) => Math.atan(x),
  examples: [
    { inputs: [0], output: 0 },
    { inputs: [1], output: 0.7853981633974483 },
    { inputs: [null], output: null },
  ],
});
