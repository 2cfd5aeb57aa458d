import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlconcealbabyswall = defineCandles({
  name: "cdlconcealbabyswall",
  summary: "Concealing baby swallow",
  description:
    "Bullish. Four black candles: two with hardly a shadow, a third below a gap whose upper shadow reaches " +
    "into the second, and a fourth around all of the third.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "black[3] and black[2] and black[1] and black and no upper shadow[3] and no lower shadow[3] and no upper " +
    "shadow[2] and no lower shadow[2] and body[1] below body[2] and an upper shadow[1] and high[1] > " +
    "close[2] and high > high[1] and low < low[1]",
  bars: 4,
  means: { range: [3, 2, 1] },
  find: (c) =>
    c.isBlack(3) &&
    c.isBlack(2) &&
    c.isBlack(1) &&
    c.isBlack(0) &&
    c.hasShavenHead(3) &&
    c.hasShavenBottom(3) &&
    c.hasShavenHead(2) &&
    c.hasShavenBottom(2) &&
    c.bodyGapsDown(1, 2) &&
    c.hasHead(1) &&
    c.high(1) > c.close(2) &&
    c.high(0) > c.high(1) &&
    c.low(0) < c.low(1)
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [20, 20, 17, 17],
        [18, 18, 15, 15],
        [14, 16, 12.8, 13],
        [16.5, 16.5, 12, 12.5],
      ],
      values: [100],
    },
  ],
});
