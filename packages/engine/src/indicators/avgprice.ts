import { defineIndicator } from "../indicator.js";

export const avgprice = defineIndicator({
  name: "avgprice",
  summary: "Average price",
  description: "The mean of the bar's open, high, low and close.",
  source: "TA-Lib 0.6 AVGPRICE, to the bit",
  formula: "(open + high + low + close) / 4",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  names: { pine: "ohlc4" },
  fields: ["open", "high", "low", "close"],
  outputs: [{ name: "value", type: "price" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [open, high, low, close], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = (high[i] + low[i] + close[i] + open[i]) / 4;
  },
  examples: [
    {
      parameters: [],
      inputs: { open: [9, null], high: [12, 12], low: [8, 8], close: [11, 11] },
      outputs: { value: [10, null] },
    },
  ],
});
