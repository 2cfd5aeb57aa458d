import { defineIndicator } from "../indicator.js";

export const wclprice = defineIndicator({
  name: "wclprice",
  summary: "Weighted close price",
  description: "The mean of the bar's high, low and close, in which the close counts twice.",
  source: "TA-Lib 0.6 WCLPRICE, to the bit",
  formula: "(high + low + 2 × close) / 4",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  names: { pine: "hlcc4" },
  fields: ["high", "low", "close"],
  outputs: [{ name: "value", type: "price" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [high, low, close], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = (high[i] + low[i] + close[i] * 2) / 4;
  },
  examples: [
    {
      parameters: [],
      inputs: { high: [12, 9], low: [8, 6], close: [11, null] },
      outputs: { value: [10.5, null] },
    },
  ],
});
