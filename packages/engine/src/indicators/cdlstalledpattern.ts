import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdlstalledpattern = defineCandles({
  name: "cdlstalledpattern",
  summary: "Stalled pattern",
  description:
    "Bearish. Three white candles with ever higher closes: two long ones, the second with hardly an upper " +
    "shadow, and a short one that rides on its shoulder.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "white[2] and white[1] and white and close > close[1] and close[1] > close[2] and long[2] and long[1] " +
    "and no upper shadow[1] and open[1] > open[2] and open[1] ≤ close[2] + near[2] and short and open ≥ " +
    "close[1] - body - near[1]",
  bars: 3,
  means: { body: [2, 1, 0], range: [1], tight: [2, 1] },
  find: (c) =>
    c.isWhite(2) &&
    c.isWhite(1) &&
    c.isWhite(0) &&
    c.close(0) > c.close(1) &&
    c.close(1) > c.close(2) &&
    c.isLong(2) &&
    c.isLong(1) &&
    c.hasShavenHead(1) &&
    c.open(1) > c.open(2) &&
    c.open(1) <= c.close(2) + c.near(2) &&
    c.isShort(0) &&
    c.open(0) >= c.close(1) - c.body(0) - c.near(1)
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [10, 13.2, 9.8, 13],
        [12, 15.1, 11.8, 15],
        [15, 15.8, 14.5, 15.5],
      ],
      values: [-100],
    },
  ],
});
