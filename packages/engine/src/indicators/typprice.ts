import { defineIndicator } from "../indicator.js";

export const typprice = defineIndicator({
  name: "typprice",
  summary: "Typical price",
  description: "The mean of the bar's high, low and close.",
  source: "TA-Lib 0.6 TYPPRICE, to the bit",
  formula: "(high + low + close) / 3",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  names: { pine: "hlc3" },
  fields: ["high", "low", "close"],
  outputs: [{ name: "value", type: "price" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [high, low, close], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = (high[i] + low[i] + close[i]) / 3;
  },
  examples: [
    {
      parameters: [],
      inputs: { high: [12, 9], low: [8, 6], close: [10, null] },
      outputs: { value: [10, null] },
    },
  ],
});
