import { defineIndicator } from "../indicator.js";
import { regression } from "../regression.js";

export const tsf = defineIndicator({
  name: "tsf",
  summary: "Time series forecast",
  description:
    "Where the least-squares line through the last `length` values will stand one bar from now. A bar without a value " +
    "starts the window anew.",
  source: "TA-Lib 0.6 TSF",
  formula: "a + b × length, of the least-squares line a + b × k",
  ...regression((intercept, slope, length) => intercept + slope * length),
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 3, 1] }, outputs: { value: [null, null, 4, 1] } },
    { parameters: [2], inputs: { source: [1, 4, null, 5, 7] }, outputs: { value: [null, 7, null, null, 9] } },
  ],
});
