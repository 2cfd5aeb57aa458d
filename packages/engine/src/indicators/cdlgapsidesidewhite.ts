import { defineCandles } from "../candle-pattern.js";
import { bearish, bullish, none } from "../candles.js";

export const cdlgapsidesidewhite = defineCandles({
  name: "cdlgapsidesidewhite",
  summary: "Side-by-side white lines",
  description:
    "Two white candles of about the same size and open, side by side beyond a gap: bullish above it, bearish " +
    "below.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "white[1], white; |body - body[1]| ≤ near[1] and open = open[1]; both bodies above body[2], or both " +
    "below it",
  bars: 3,
  means: { tight: [1] },
  find: (c) => {
    const isUp = c.bodyGapsUp(1, 2) && c.bodyGapsUp(0, 2);
    const isDown = c.bodyGapsDown(1, 2) && c.bodyGapsDown(0, 2);
    const areAlike =
      c.isWhite(1) &&
      c.isWhite(0) &&
      Math.abs(c.body(0) - c.body(1)) <= c.near(1) &&
      c.isEqual(c.open(0), c.open(1), 1);
    if (!areAlike) return none;
    return isUp ? bullish : isDown ? bearish : none;
  },
  examples: [
    {
      candles: [
        [10, 13, 9, 12],
        [14, 16.2, 13.8, 16],
        [14.1, 16.3, 13.9, 16],
      ],
      values: [100],
    },
  ],
});
