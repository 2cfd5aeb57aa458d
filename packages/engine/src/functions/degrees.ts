import { defineFunction } from "../function.js";

export const degrees = defineFunction({
  name: "degrees",
  summary: "Degrees of an angle",
  description: "An angle in radians, in degrees.",
  source: "Pine v6 math.todegrees",
  inputs: [{ name: "radians", type: "ratio" }],
  output: "ratio",
  evaluate: (radians: number) => (radians * 180) / Math.PI,
  examples: [
    { inputs: [3.141592653589793], output: 180 },
    { inputs: [-1.5707963267948966], output: -90 },
    { inputs: [null], output: null },
  ],
});
