import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlunique3river = defineCandles({
  name: "cdlunique3river",
  summary: "Unique three river bottom",
  description:
    "Bullish. After a long black candle, a black one within its body that makes a new low, and a short white " +
    "one that opens above that low.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "long[2] and black[2] and black[1] and close[1] > close[2] and open[1] ≤ open[2] and low[1] < low[2] and " +
    "short and white and open > low[1]",
  bars: 3,
  means: { body: [2, 0] },
  find: (c) =>
    c.isLong(2) &&
    c.isBlack(2) &&
    c.isBlack(1) &&
    c.close(1) > c.close(2) &&
    c.open(1) <= c.open(2) &&
    c.low(1) < c.low(2) &&
    c.isShort(0) &&
    c.isWhite(0) &&
    c.open(0) > c.low(1)
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [16, 16.2, 10.8, 11],
        [13, 13.2, 9, 11.5],
        [10, 11, 9.5, 10.8],
      ],
      values: [100],
    },
  ],
});
