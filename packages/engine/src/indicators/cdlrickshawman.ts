import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlrickshawman = defineCandles({
  name: "cdlrickshawman",
  summary: "Rickshaw man",
  description:
    "A doji with two shadows longer than its body, which stands near the middle of the range. It is neither " +
    "bullish nor bearish; the value is 100 all the same.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "doji; lower shadow > body and upper shadow > body; the body within near of (high + low) / 2",
  bars: 1,
  means: { range: [0], tight: [0] },
  find: (c) => {
    if (!(c.isDoji(0) && c.lowerShadow(0) > c.body(0) && c.upperShadow(0) > c.body(0))) return none;
    const middle = c.low(0) + (c.high(0) - c.low(0)) / 2;
    return c.bodyBottom(0) <= middle + c.near(0) && c.bodyTop(0) >= middle - c.near(0) ? bullish : none;
  },
  examples: [{ candles: [[10, 12, 8, 10.1]], values: [100] }],
});
