import { extremes } from "../extremes.js";
import { defineIndicator, length } from "../indicator.js";

export const range = defineIndicator({
  name: "range",
  summary: "Range of a series",
  description:
    "The largest of the last `length` values less the smallest. A bar without a value starts the window anew.",
  source: "Pine v6 ta.range",
  formula: "max − min of the window",
  ...extremes(length(), (high, low) => high - low),
  outputs: [{ name: "value", type: "same", isDistance: true }],
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, null, 4, 4, 8] },
      outputs: { value: [null, null, 4, 2, null, null, null, 4] },
    },
  ],
});
