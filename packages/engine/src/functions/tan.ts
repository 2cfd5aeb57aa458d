import { defineFunction } from "../function.js";

export const tan = defineFunction({
  name: "tan",
  summary: "Tangent",
  description: "Of an angle in radians.",
  source: "Pine v6 math.tan; TA-Lib 0.6 TAN",
  inputs: [{ name: "angle", type: "same" }],
  output: "ratio",
  evaluate: (angle: number) => Math.tan(angle),
  examples: [
    { inputs: [0], output: 0 },
    { inputs: [0.7853981633974483], output: 1 },
    { inputs: [null], output: null },
  ],
});
