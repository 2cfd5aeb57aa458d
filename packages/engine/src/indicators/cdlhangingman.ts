import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdlhangingman = defineCandles({
  name: "cdlhangingman",
  summary: "Hanging man",
  description:
    "Bearish. A short body with a lower shadow longer than it and hardly an upper one, at or above the high " +
    "of the candle before.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "short and lower shadow > body and no upper shadow and bottom ≥ high[1] - near[1]",
  bars: 2,
  means: { body: [0], range: [0], tight: [1] },
  find: (c) =>
    c.isShort(0) &&
    c.lowerShadow(0) > c.body(0) &&
    c.hasShavenHead(0) &&
    c.bodyBottom(0) >= c.high(1) - c.near(1)
      ? bearish
      : none,
  examples: [{ candles: [[13, 13.6, 10.5, 13.5]], values: [-100] }],
});
