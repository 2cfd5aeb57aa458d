import { defineIndicator, length } from "../indicator.js";
import { advanceVariance, startVariance } from "../variance.js";

export const variance = defineIndicator({
  name: "variance",
  summary: "Variance",
  description:
    "The population variance of the last `length` values: the mean of the squares less the square of the mean, never " +
    "below 0. It is in squared units, which have no name here, so it is a plain number. A bar without a value starts " +
    "the window anew.",
  source: "Pine v6 ta.variance by name; TA-Lib 0.6 VAR, to the bit",
  formula: "Σ source² / length − (Σ source / length)²",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  names: { talib: "VAR" },
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 5 })],
  outputs: [{ name: "value", type: "square" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: startVariance,
  advance(state, [length], [source], [out], from, to) {
    advanceVariance(state, length, source, out, from, to);
  },
  examples: [
    { parameters: [2], inputs: { source: [1, 3, 9, 9] }, outputs: { value: [null, 1, 9, 0] } },
    { parameters: [2], inputs: { source: [1, 3, null, 5, 9] }, outputs: { value: [null, 1, null, null, 4] } },
  ],
});
