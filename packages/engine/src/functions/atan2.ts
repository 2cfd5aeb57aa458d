import { defineFunction } from "../function.js";

export const atan2 = defineFunction({
  name: "atan2",
  summary: "Angle of a direction",
  description:
    "The angle in radians, from −π to π, between the direction of growing `x` and the point at `y` and `x`; 0 " +
    "where both are.",
  source: "IEC 60559 atan2",
  inputs: [
    { name: "y", type: "same" },
    { name: "x", type: "same" },
  ],
  output: "ratio",
  evaluate: (y: number, x: number) => Math.atan2(y, x),
  examples: [
    { inputs: [1, 1], output: 0.7853981633974483 },
    { inputs: [1, -1], output: 2.356194490192345 },
    { inputs: [-2, 0], output: -1.5707963267948966 },
    { inputs: [0, 0], output: 0 },
    { inputs: [null, 1], output: null },
  ],
});
