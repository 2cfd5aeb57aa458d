import { defineIndicator } from "../indicator.js";

export const medprice = defineIndicator({
  name: "medprice",
  summary: "Median price",
  description: "The middle between the bar's high and low.",
  source: "TA-Lib 0.6 MEDPRICE, to the bit",
  formula: "(high + low) / 2",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  names: { pine: "hl2" },
  fields: ["high", "low"],
  outputs: [{ name: "value", type: "price" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [high, low], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = (high[i] + low[i]) / 2;
  },
  examples: [
    {
      parameters: [],
      inputs: { high: [12, 9], low: [8, null] },
      outputs: { value: [10, null] },
    },
  ],
});
