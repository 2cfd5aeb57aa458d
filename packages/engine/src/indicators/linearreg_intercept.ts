import { defineIndicator } from "../indicator.js";
import { regression } from "../regression.js";

export const linearreg_intercept = defineIndicator({
  name: "linearreg_intercept",
  summary: "Intercept of the linear regression",
  description:
    "Where the least-squares line through the last `length` values stands on the oldest of them. A bar without a value " +
    "starts the window anew.",
  source: "TA-Lib 0.6 LINEARREG_INTERCEPT",
  formula: "a, of the least-squares line a + b × k",
  ...regression((intercept) => intercept),
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 3, 1] }, outputs: { value: [null, null, 1, 2.5] } },
    { parameters: [2], inputs: { source: [1, 4, null, 5, 7] }, outputs: { value: [null, 1, null, null, 5] } },
  ],
});
