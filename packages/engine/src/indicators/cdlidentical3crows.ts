import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdlidentical3crows = defineCandles({
  name: "cdlidentical3crows",
  summary: "Identical three crows",
  description:
    "Bearish. Three black candles with hardly a lower shadow and ever lower closes, each of which opens " +
    "where the one before closed.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "black[2] and black[1] and black and no lower shadow[2] and no lower shadow[1] and no lower shadow and " +
    "close[2] > close[1] and close[1] > close and open[1] = close[2] and open = close[1]",
  bars: 3,
  means: { range: [2, 1, 0], tight: [2, 1] },
  find: (c) =>
    c.isBlack(2) &&
    c.isBlack(1) &&
    c.isBlack(0) &&
    c.hasShavenBottom(2) &&
    c.hasShavenBottom(1) &&
    c.hasShavenBottom(0) &&
    c.close(2) > c.close(1) &&
    c.close(1) > c.close(0) &&
    c.isEqual(c.open(1), c.close(2), 2) &&
    c.isEqual(c.open(0), c.close(1), 1)
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [16, 16.5, 14, 14],
        [14, 14.5, 12, 12],
        [12, 12.5, 10, 10],
      ],
      values: [-100],
    },
  ],
});
