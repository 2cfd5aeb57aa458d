import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlhomingpigeon = defineCandles({
  name: "cdlhomingpigeon",
  summary: "Homing pigeon",
  description: "Bullish. After a long black candle, a short black body within its body.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula: "black[1] and black and long[1] and not long and open < open[1] and close > close[1]",
  bars: 2,
  means: { body: [1, 0] },
  find: (c) =>
    c.isBlack(1) &&
    c.isBlack(0) &&
    c.isLong(1) &&
    !c.isLong(0) &&
    c.open(0) < c.open(1) &&
    c.close(0) > c.close(1)
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [16, 16.2, 10.8, 11],
        [14, 14.5, 12.5, 13],
      ],
      values: [100],
    },
  ],
});
