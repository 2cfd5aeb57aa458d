import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdlupsidegap2crows = defineCandles({
  name: "cdlupsidegap2crows",
  summary: "Upside gap two crows",
  description:
    "Bearish. After a long white candle, a short black one above its body, and a second black one around " +
    "that, which still closes above the white one.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "white[2] and long[2] and black[1] and not long[1] and body[1] above body[2] and black and open > " +
    "open[1] and close < close[1] and close > close[2]",
  bars: 3,
  means: { body: [2, 1] },
  find: (c) =>
    c.isWhite(2) &&
    c.isLong(2) &&
    c.isBlack(1) &&
    !c.isLong(1) &&
    c.bodyGapsUp(1, 2) &&
    c.isBlack(0) &&
    c.open(0) > c.open(1) &&
    c.close(0) < c.close(1) &&
    c.close(0) > c.close(2)
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [17, 17.5, 15.8, 16],
        [17.5, 17.8, 15.2, 15.5],
      ],
      values: [-100],
    },
  ],
});
