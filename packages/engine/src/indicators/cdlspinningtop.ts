import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlspinningtop = defineCandles({
  name: "cdlspinningtop",
  summary: "Spinning top",
  description: "A short body with two shadows, each longer than it. The sign is that of the colour.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "short and upper shadow > body and lower shadow > body",
  bars: 1,
  means: { body: [0] },
  find: (c) =>
    c.isShort(0) && c.upperShadow(0) > c.body(0) && c.lowerShadow(0) > c.body(0) ? c.side(0) : none,
  examples: [{ candles: [[10, 12, 9, 10.5]], values: [100] }],
});
