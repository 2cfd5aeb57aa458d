import { defineIndicator } from "../indicator.js";
import { regression } from "../regression.js";

export const linearreg_angle = defineIndicator({
  name: "linearreg_angle",
  summary: "Angle of the linear regression",
  description:
    "The slope of the least-squares line through the last `length` values as an angle in degrees, from -90 to 90, with " +
    "one bar drawn as wide as one unit of the values is high. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 LINEARREG_ANGLE",
  formula: "atan(b) in degrees, of the least-squares line a + b × k",
  ...regression((_intercept, slope) => Math.atan(slope) * (180 / Math.PI), "ratio"),
  isScaleBound: true,
  examples: [
    {
      parameters: [3],
      inputs: { source: [1, 2, 3, 3] },
      outputs: { value: [null, null, 45, 26.56505117707799] },
    },
    {
      parameters: [2],
      inputs: { source: [4, 3, null, 5, 5] },
      outputs: { value: [null, -45, null, null, 0] },
    },
  ],
});
