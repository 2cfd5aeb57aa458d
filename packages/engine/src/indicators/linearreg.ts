import { defineIndicator } from "../indicator.js";
import { regression } from "../regression.js";

export const linearreg = defineIndicator({
  name: "linearreg",
  summary: "Linear regression",
  description:
    "Where the least-squares line through the last `length` values stands on the newest bar. A bar without a value " +
    "starts the window anew.",
  source: "TA-Lib 0.6 LINEARREG",
  formula: "a + b × (length − 1), of the least-squares line a + b × k",
  names: { pine: "linreg" },
  ...regression((intercept, slope, length) => intercept + slope * (length - 1)),
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 3, 1] }, outputs: { value: [null, null, 3, 1.5] } },
    { parameters: [2], inputs: { source: [1, 4, null, 5, 7] }, outputs: { value: [null, 4, null, null, 7] } },
  ],
});
