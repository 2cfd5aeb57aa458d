import { defineIndicator } from "../indicator.js";

export const heikin_ashi = defineIndicator({
  name: "heikin_ashi",
  summary: "Heikin-Ashi candle",
  description:
    "A candle smoothed by the one before: it closes at the mean of the bar's four prices and opens in the middle of the " +
    "body before it. These are not prices at which anything traded; orders fill at those of the bar.",
  source: "Munehisa Homma; Valcu, Technical Analysis of Stocks & Commodities 22:2 (2004)",
  formula:
    "close = (o + h + l + c) / 4; open = (open[1] + close[1]) / 2; high = max(h, open, close); low = min(l, open, close)",
  memory: "endless",
  seeding: "The first candle opens in the middle of the bar's own body.",
  gaps: "skip",
  cost: "constant",
  fields: ["open", "high", "low", "close"],
  outputs: [
    { name: "open", type: "price" },
    { name: "high", type: "price" },
    { name: "low", type: "price" },
    { name: "close", type: "price" },
  ],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ next: NaN }),
  advance(state, _parameters, [open, high, low, close], [opens, highs, lows, closes], from, to) {
    for (let i = from; i < to; i++) {
      const mean = (open[i] + high[i] + low[i] + close[i]) / 4;
      const begin = state.next === state.next ? state.next : (open[i] + close[i]) / 2;
      closes[i] = mean;
      opens[i] = mean === mean ? begin : NaN;
      highs[i] = Math.max(high[i], opens[i], mean);
      lows[i] = Math.min(low[i], opens[i], mean);
      if (mean === mean) state.next = (begin + mean) / 2;
    }
  },
  examples: [
    {
      parameters: [],
      inputs: { open: [2, 4], high: [6, 8], low: [1, 4], close: [3, 8] },
      outputs: { open: [2.5, 2.75], high: [6, 8], low: [1, 2.75], close: [3, 6] },
    },
  ],
});
