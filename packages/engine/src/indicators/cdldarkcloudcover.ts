import { defineCandles, penetration } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdldarkcloudcover = defineCandles({
  name: "cdldarkcloudcover",
  summary: "Dark cloud cover",
  description:
    "Bearish. After a long white candle, a black one that opens above its high and closes within its body, " +
    "deeper than `penetration`.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "white[1] and long[1] and black and open > high[1] and close > open[1] and close < close[1] - body[1] × " +
    "penetration",
  bars: 2,
  means: { body: [1] },
  parameters: [penetration(0.5)],
  find: (c, share) =>
    c.isWhite(1) &&
    c.isLong(1) &&
    c.isBlack(0) &&
    c.open(0) > c.high(1) &&
    c.close(0) > c.open(1) &&
    c.close(0) < c.close(1) - c.body(1) * share
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [16, 16.2, 11.8, 12],
      ],
      values: [-100],
    },
  ],
});
