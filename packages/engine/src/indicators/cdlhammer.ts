import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlhammer = defineCandles({
  name: "cdlhammer",
  summary: "Hammer",
  description:
    "Bullish. A short body with a lower shadow longer than it and hardly an upper one, at or below the low " +
    "of the candle before.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "short and lower shadow > body and no upper shadow and bottom ≤ low[1] + near[1]",
  bars: 2,
  means: { body: [0], range: [0], tight: [1] },
  find: (c) =>
    c.isShort(0) &&
    c.lowerShadow(0) > c.body(0) &&
    c.hasShavenHead(0) &&
    c.bodyBottom(0) <= c.low(1) + c.near(1)
      ? bullish
      : none,
  examples: [{ candles: [[9, 9.6, 6.5, 9.5]], values: [100] }],
});
