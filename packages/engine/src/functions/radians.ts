import { defineFunction } from "../function.js";

export const radians = defineFunction({
  name: "radians",
  summary: "Radians of an angle",
  description: "An angle in degrees, in radians.",
  source: "Pine v6 math.toradians",
  inputs: [{ name: "degrees", type: "ratio" }],
  output: "ratio",
  evaluate: (degrees: number) => (degrees * Math.PI) / 180,
  examples: [
    { inputs: [180], output: 3.141592653589793 },
    { inputs: [-90], output: -1.5707963267948966 },
    { inputs: [null], output: null },
  ],
});
