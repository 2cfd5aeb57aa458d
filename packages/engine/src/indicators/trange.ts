import { trueRange } from "../directional.js";
import { defineIndicator } from "../indicator.js";

export const trange = defineIndicator({
  name: "trange",
  summary: "True range",
  description:
    "The bar's range, widened to the previous close where there was a gap. The first bar, and a bar after one without " +
    "a close, has none.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 TRANGE, to the bit",
  formula: "max(high, close[1]) − min(low, close[1])",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  names: { pine: "tr" },
  fields: ["high", "low", "close"],
  outputs: [{ name: "value", type: "price", isDistance: true }],
  warmup: () => 1,
  lookback: () => 1,
  start: () => ({}),
  advance(_state, _parameters, [high, low, close], [out], from, to) {
    for (let i = from; i < to; i++) {
      out[i] = trueRange(high, low, close, i);
    }
  },
  examples: [
    {
      parameters: [],
      inputs: { high: [10, 12, 13, 9], low: [8, 11, 10, 8], close: [9, 11, 12, 8] },
      outputs: { value: [null, 3, 3, 4] },
    },
  ],
});
