import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlpiercing = defineCandles({
  name: "cdlpiercing",
  summary: "Piercing pattern",
  description:
    "Bullish. After a long black candle, a long white one that opens below its low and closes within its " +
    "body, above the middle.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "black[1] and long[1] and white and long and open < low[1] and close < open[1] and close > close[1] + " +
    "body[1] × 0.5",
  bars: 2,
  means: { body: [1, 0] },
  find: (c) =>
    c.isBlack(1) &&
    c.isLong(1) &&
    c.isWhite(0) &&
    c.isLong(0) &&
    c.open(0) < c.low(1) &&
    c.close(0) < c.open(1) &&
    c.close(0) > c.close(1) + c.body(1) * 0.5
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [16, 16.2, 10.8, 11],
        [10, 14.7, 9.8, 14.5],
      ],
      values: [100],
    },
  ],
});
