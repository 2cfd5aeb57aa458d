import { defineIndicator } from "../indicator.js";

export const iii = defineIndicator({
  name: "iii",
  summary: "Intraday intensity index",
  description:
    "Where in its range a bar closed, from −1 at the low to 1 at the high, for each unit of volume; 0 where there is no " +
    "range or no volume.",
  source: "Bostian; Pine v6 ta.iii",
  formula: "(2 × close − high − low) / ((high − low) × volume)",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  fields: ["high", "low", "close", "volume"],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [high, low, close, volume], [out], from, to) {
    for (let i = from; i < to; i++) {
      const place = 2 * close[i] - high[i] - low[i];
      const divisor = (high[i] - low[i]) * volume[i];
      out[i] = divisor === 0 && place === place ? 0 : place / divisor;
    }
  },
  examples: [
    {
      parameters: [],
      inputs: { high: [12, 12, 12, 9], low: [8, 8, 8, 9], close: [12, 9, null, 9], volume: [2, 4, 1, 1] },
      outputs: { value: [0.5, -0.125, null, 0] },
    },
  ],
});
