import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdl2crows = defineCandles({
  name: "cdl2crows",
  summary: "Two crows",
  description:
    "Bearish. After a long white candle, a black one stands above its body; another black one opens within " +
    "the second body and closes within the first.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "white[2] and long[2] and black[1] and body[1] above body[2] and black and open < open[1] and open > " +
    "close[1] and close > open[2] and close < close[2]",
  bars: 3,
  means: { body: [2] },
  find: (c) =>
    c.isWhite(2) &&
    c.isLong(2) &&
    c.isBlack(1) &&
    c.bodyGapsUp(1, 2) &&
    c.isBlack(0) &&
    c.open(0) < c.open(1) &&
    c.open(0) > c.close(1) &&
    c.close(0) > c.open(2) &&
    c.close(0) < c.close(2)
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [12, 18.2, 11.8, 18],
        [21, 21.5, 19.5, 20],
        [20.5, 20.6, 16, 17],
      ],
      values: [-100],
    },
  ],
});
