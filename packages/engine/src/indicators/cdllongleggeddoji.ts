import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdllongleggeddoji = defineCandles({
  name: "cdllongleggeddoji",
  summary: "Long-legged doji",
  description:
    "A doji with at least one shadow longer than its body. It is neither bullish nor bearish by itself; the " +
    "value is 100 all the same.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "doji and (lower shadow > body or upper shadow > body)",
  bars: 1,
  means: { range: [0] },
  find: (c) =>
    c.isDoji(0) && (c.lowerShadow(0) > c.body(0) || c.upperShadow(0) > c.body(0)) ? bullish : none,
  examples: [{ candles: [[10, 12, 8, 10.1]], values: [100] }],
});
