import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlshortline = defineCandles({
  name: "cdlshortline",
  summary: "Short line candle",
  description: "A short body with two short shadows. The sign is that of the colour.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula: "short and upper shadow < short and lower shadow < short",
  bars: 1,
  means: { body: [0], shadows: [0] },
  find: (c) =>
    c.isShort(0) && c.upperShadow(0) < c.shortShadow(0) && c.lowerShadow(0) < c.shortShadow(0)
      ? c.side(0)
      : none,
  examples: [{ candles: [[10, 11.3, 9.5, 11]], values: [100] }],
});
