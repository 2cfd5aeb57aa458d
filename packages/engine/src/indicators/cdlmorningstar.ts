import { defineCandles, penetration } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlmorningstar = defineCandles({
  name: "cdlmorningstar",
  summary: "Morning star",
  description:
    "Bullish. A long black candle, a short body below it, and a white candle that closes within the body of " +
    "the first, deeper than `penetration`.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "long[2] and black[2] and not long[1] and body[1] below body[2] and long and white and close > close[2] " +
    "+ body[2] × penetration",
  bars: 3,
  means: { body: [2, 1, 0] },
  parameters: [penetration(0.3)],
  find: (c, share) =>
    c.isLong(2) &&
    c.isBlack(2) &&
    !c.isLong(1) &&
    c.bodyGapsDown(1, 2) &&
    c.isLong(0) &&
    c.isWhite(0) &&
    c.close(0) > c.close(2) + c.body(2) * share
      ? bullish
      : none,
  examples: [
    {
      candles: [
        [15, 15.2, 9.8, 10],
        [8.5, 9.5, 8, 9],
        [10, 13.2, 9.8, 13],
      ],
      values: [100],
    },
  ],
});
