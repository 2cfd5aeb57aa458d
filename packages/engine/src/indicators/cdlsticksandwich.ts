import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlsticksandwich = defineCandles({
  name: "cdlsticksandwich",
  summary: "Stick sandwich",
  description:
    "Bullish. Two black candles that close at the same price, and between them a white one that stays above " +
    "it.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula: "black[2] and white[1] and black and low[1] > close[2] and close = close[2]",
  bars: 3,
  means: { tight: [2] },
  find: (c) =>
    c.isBlack(2) &&
    c.isWhite(1) &&
    c.isBlack(0) &&
    c.low(1) > c.close(2) &&
    c.isEqual(c.close(0), c.close(2), 2)
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [12, 12.5, 9.8, 10],
        [11, 13, 10.5, 12.5],
        [12.5, 12.8, 9.9, 10.1],
      ],
      values: [100],
    },
  ],
});
