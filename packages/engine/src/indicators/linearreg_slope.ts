import { defineIndicator } from "../indicator.js";
import { regression } from "../regression.js";

export const linearreg_slope = defineIndicator({
  name: "linearreg_slope",
  summary: "Slope of the linear regression",
  description:
    "How far the least-squares line through the last `length` values rises over one bar, in the unit of the values. A " +
    "bar without a value starts the window anew.",
  source: "TA-Lib 0.6 LINEARREG_SLOPE",
  formula: "b, of the least-squares line a + b × k",
  ...regression((_intercept, slope) => slope),
  outputs: [{ name: "value", type: "same", isDistance: true }],
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 3, 1] }, outputs: { value: [null, null, 1, -0.5] } },
    { parameters: [2], inputs: { source: [1, 4, null, 5, 7] }, outputs: { value: [null, 3, null, null, 2] } },
  ],
});
