import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdl3whitesoldiers = defineCandles({
  name: "cdl3whitesoldiers",
  summary: "Three advancing white soldiers",
  description:
    "Bullish. Three white candles with hardly an upper shadow, each of which closes higher and opens in or " +
    "near the body before it; none is far shorter than the one before, and the last is not short.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "white[2] and white[1] and white and no upper shadow[2] and no upper shadow[1] and no upper shadow and " +
    "close > close[1] and close[1] > close[2] and open[1] > open[2] and open[1] ≤ close[2] + near[2] and " +
    "open > open[1] and open ≤ close[1] + near[1] and body[1] > body[2] - far[2] and body > body[1] - far[1] " +
    "and long",
  bars: 3,
  means: { range: [2, 1, 0], tight: [2, 1], body: [0] },
  find: (c) =>
    c.isWhite(2) &&
    c.isWhite(1) &&
    c.isWhite(0) &&
    c.hasShavenHead(2) &&
    c.hasShavenHead(1) &&
    c.hasShavenHead(0) &&
    c.close(0) > c.close(1) &&
    c.close(1) > c.close(2) &&
    c.open(1) > c.open(2) &&
    c.open(1) <= c.close(2) + c.near(2) &&
    c.open(0) > c.open(1) &&
    c.open(0) <= c.close(1) + c.near(1) &&
    c.body(1) > c.body(2) - c.far(2) &&
    c.body(0) > c.body(1) - c.far(1) &&
    c.isLong(0)
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [10, 13.1, 9.9, 13],
        [12, 15.1, 11.8, 15],
        [14, 17.1, 13.8, 17],
      ],
      values: [100],
    },
  ],
});
