import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdldoji = defineCandles({
  name: "cdldoji",
  summary: "Doji",
  description:
    "A candle with hardly a body. It is neither bullish nor bearish by itself; the value is 100 all the same.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "doji",
  bars: 1,
  means: { range: [0] },
  find: (c) => (c.isDoji(0) ? bullish : none),
  examples: [{ candles: [[10, 12, 8, 10.2]], values: [100] }],
});
