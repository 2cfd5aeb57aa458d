import { defineFunction } from "../function.js";

export const sin = defineFunction({
  name: "sin",
  summary: "Sine",
  description: "Of an angle in radians.",
  source: "Pine v6 math.sin; TA-Lib 0.6 SIN",
  inputs: [{ name: "angle", type: "same" }],
  output: "ratio",
  evaluate: (angle: number) => Math.sin(angle),
  examples: [
    { inputs: [0], output: 0 },
    { inputs: [1.5707963267948966], output: 1 },
    { inputs: [null], output: null },
  ],
});
