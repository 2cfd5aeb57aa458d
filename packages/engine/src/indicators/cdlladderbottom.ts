import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlladderbottom = defineCandles({
  name: "cdlladderbottom",
  summary: "Ladder bottom",
  description:
    "Bullish. Three black candles with ever lower opens and closes, a fourth with an upper shadow, and a " +
    "white one that opens above the body of the fourth and closes above its high.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "black[4] and black[3] and black[2] and open[4] > open[3] and open[3] > open[2] and close[4] > close[3] " +
    "and close[3] > close[2] and black[1] and an upper shadow[1] and white and open > open[1] and close > " +
    "high[1]",
  bars: 5,
  means: { range: [1] },
  find: (c) =>
    c.isBlack(4) &&
    c.isBlack(3) &&
    c.isBlack(2) &&
    c.open(4) > c.open(3) &&
    c.open(3) > c.open(2) &&
    c.close(4) > c.close(3) &&
    c.close(3) > c.close(2) &&
    c.isBlack(1) &&
    c.hasHead(1) &&
    c.isWhite(0) &&
    c.open(0) > c.open(1) &&
    c.close(0) > c.high(1)
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [20, 20.5, 17.5, 18],
        [19, 19.5, 16.5, 17],
        [18, 18.5, 15.5, 16],
        [17, 18, 14.5, 15],
        [17.5, 19.2, 17.3, 19],
      ],
      values: [100],
    },
  ],
});
