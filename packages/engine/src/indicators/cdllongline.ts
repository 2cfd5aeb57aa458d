import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdllongline = defineCandles({
  name: "cdllongline",
  summary: "Long line candle",
  description: "A long body with two short shadows. The sign is that of the colour.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula: "long and upper shadow < short and lower shadow < short",
  bars: 1,
  means: { body: [0], shadows: [0] },
  find: (c) =>
    c.isLong(0) && c.upperShadow(0) < c.shortShadow(0) && c.lowerShadow(0) < c.shortShadow(0)
      ? c.side(0)
      : none,
  examples: [{ candles: [[10, 14.3, 9.7, 14]], values: [100] }],
});
