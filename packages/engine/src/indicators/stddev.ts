import { defineIndicator, length } from "../indicator.js";
import { negligible } from "../negligible.js";
import { advanceVariance, startVariance } from "../variance.js";

export const stddev = defineIndicator({
  name: "stddev",
  summary: "Standard deviation",
  description:
    "The population standard deviation of the last `length` values, times `deviations`; 0 where the variance is below " +
    "1e-14, which is rounding. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 STDDEV, to the bit",
  formula: "deviations × √(Σ source² / length − (Σ source / length)²)",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  names: { pine: "stdev" },
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 5 }), { name: "deviations", type: "number", minimum: 0, default: 1 }],
  outputs: [{ name: "value", type: "same", isDistance: true }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: startVariance,
  advance(state, [length, deviations], [source], [out], from, to) {
    advanceVariance(state, length, source, out, from, to);
    for (let i = from; i < to; i++) out[i] = out[i] < negligible ? 0 : Math.sqrt(out[i]) * deviations;
  },
  examples: [
    { parameters: [2, 1], inputs: { source: [1, 3, 9, 9] }, outputs: { value: [null, 1, 3, 0] } },
    {
      parameters: [2, 3],
      inputs: { source: [1, 3, null, 5, 9] },
      outputs: { value: [null, 3, null, null, 6] },
    },
  ],
});
