import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlhighwave = defineCandles({
  name: "cdlhighwave",
  summary: "High-wave candle",
  description: "A short body with two shadows, each more than twice as long. The sign is that of the colour.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "short and upper shadow > 2 × body and lower shadow > 2 × body",
  bars: 1,
  means: { body: [0] },
  find: (c) =>
    c.isShort(0) && c.upperShadow(0) > 2 * c.body(0) && c.lowerShadow(0) > 2 * c.body(0) ? c.side(0) : none,
  examples: [{ candles: [[10, 13, 8, 10.5]], values: [100] }],
});
