import { defineIndicator } from "../indicator.js";

/** What TA-Lib takes for no range at all. */
const smallestRange = 1e-14;

export const bop = defineIndicator({
  name: "bop",
  summary: "Balance of power",
  description:
    "How far the bar went from open to close, as a fraction of its range, from -1 to 1; 0 where it has no range.",
  source: "Livshin, Balance of Market Power, Stocks & Commodities (2001); TA-Lib 0.6 BOP, to the bit",
  formula: "(close − open) / (high − low)",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  fields: ["open", "high", "low", "close"],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [open, high, low, close], [out], from, to) {
    for (let i = from; i < to; i++) {
      const range = high[i] - low[i];
      const change = close[i] - open[i];
      out[i] = range < smallestRange && change === change ? 0 : change / range;
    }
  },
  examples: [
    {
      parameters: [],
      inputs: {
        open: [9, 11, 5, null],
        high: [10, 12, 5, 5],
        low: [8, 8, 5, 5],
        close: [10, 8, 5, 5],
      },
      outputs: { value: [0.5, -0.75, 0, null] },
    },
  ],
});
