import { extremes } from "../extremes.js";
import { defineIndicator, length } from "../indicator.js";

export const midpoint = defineIndicator({
  name: "midpoint",
  summary: "Midpoint of a series",
  description:
    "The middle between the largest and the smallest of the last `length` values. A bar without a value starts the " +
    "window anew.",
  source: "TA-Lib 0.6 MIDPOINT, to the bit",
  formula: "(max + min of the window) / 2",
  ...extremes(length({ default: 14 }), (high, low) => (high + low) / 2),
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, 0, null, 4, 4, 8] },
      outputs: { value: [null, null, 3, 2, 1.5, null, null, null, 6] },
    },
  ],
});
