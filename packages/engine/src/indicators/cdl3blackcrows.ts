import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdl3blackcrows = defineCandles({
  name: "cdl3blackcrows",
  summary: "Three black crows",
  description:
    "Bearish. After a white candle, three black ones with hardly a lower shadow, each of which closes lower " +
    "and opens within the body before it; the first closes below the high of the white candle.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "white[3] and black[2] and black[1] and black and no lower shadow[2] and no lower shadow[1] and no lower " +
    "shadow and open[1] < open[2] and open[1] > close[2] and open < open[1] and open > close[1] and high[3] " +
    "> close[2] and close[2] > close[1] and close[1] > close",
  bars: 4,
  means: { range: [2, 1, 0] },
  find: (c) =>
    c.isWhite(3) &&
    c.isBlack(2) &&
    c.isBlack(1) &&
    c.isBlack(0) &&
    c.hasShavenBottom(2) &&
    c.hasShavenBottom(1) &&
    c.hasShavenBottom(0) &&
    c.open(1) < c.open(2) &&
    c.open(1) > c.close(2) &&
    c.open(0) < c.open(1) &&
    c.open(0) > c.close(1) &&
    c.high(3) > c.close(2) &&
    c.close(2) > c.close(1) &&
    c.close(1) > c.close(0)
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [10, 13, 9, 12],
        [12.5, 12.8, 11, 11],
        [12, 12.2, 10, 10],
        [11, 11.2, 9, 9],
      ],
      values: [-100],
    },
  ],
});
