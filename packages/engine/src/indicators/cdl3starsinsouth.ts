import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdl3starsinsouth = defineCandles({
  name: "cdl3starsinsouth",
  summary: "Three stars in the south",
  description:
    "Bullish. A long black candle with a lower shadow longer than its body; a smaller black one that opens " +
    "higher, within the first, and makes a higher low; and a small black one with hardly a shadow, within " +
    "the second.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "black[2] and black[1] and black and long[2] and lower shadow[2] > body[2] and body[1] < body[2] and " +
    "open[1] > close[2] and open[1] ≤ high[2] and low[1] < close[2] and low[1] ≥ low[2] and a lower " +
    "shadow[1] and short and no lower shadow and no upper shadow and low > low[1] and high < high[1]",
  bars: 3,
  means: { body: [2, 0], range: [1, 0] },
  find: (c) =>
    c.isBlack(2) &&
    c.isBlack(1) &&
    c.isBlack(0) &&
    c.isLong(2) &&
    c.lowerShadow(2) > c.body(2) &&
    c.body(1) < c.body(2) &&
    c.open(1) > c.close(2) &&
    c.open(1) <= c.high(2) &&
    c.low(1) < c.close(2) &&
    c.low(1) >= c.low(2) &&
    c.hasBottom(1) &&
    c.isShort(0) &&
    c.hasShavenBottom(0) &&
    c.hasShavenHead(0) &&
    c.low(0) > c.low(1) &&
    c.high(0) < c.high(1)
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [20, 20.2, 10, 16],
        [18, 18.1, 12, 15],
        [14, 14.1, 12.9, 13],
      ],
      values: [100],
    },
  ],
});
