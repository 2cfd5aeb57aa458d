import { defineCandles, penetration } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdleveningstar = defineCandles({
  name: "cdleveningstar",
  summary: "Evening star",
  description:
    "Bearish. A long white candle, a short body above it, and a black candle that closes within the body of " +
    "the first, deeper than `penetration`.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "long[2] and white[2] and not long[1] and body[1] above body[2] and long and black and close < close[2] " +
    "- body[2] × penetration",
  bars: 3,
  means: { body: [2, 1, 0] },
  parameters: [penetration(0.3)],
  find: (c, share) =>
    c.isLong(2) &&
    c.isWhite(2) &&
    !c.isLong(1) &&
    c.bodyGapsUp(1, 2) &&
    c.isLong(0) &&
    c.isBlack(0) &&
    c.close(0) < c.close(2) - c.body(2) * share
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [16, 17, 15.8, 16.8],
        [15, 15.2, 11, 11.5],
      ],
      values: [-100],
    },
  ],
});
