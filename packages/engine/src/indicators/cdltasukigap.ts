import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdltasukigap = defineCandles({
  name: "cdltasukigap",
  summary: "Tasuki gap",
  description:
    "Beyond a gap, a candle in the direction of it and one of about the same size back into the gap, which " +
    "it does not close. Bullish where the gap is upwards.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "colour ≠ colour[1] and |body - body[1]| < near[1] and open within body[1]; white[1]: body[1] above " +
    "body[2] and top[2] < close < open[1]; black[1]: the mirror image",
  bars: 3,
  means: { tight: [1] },
  find: (c) => {
    const isAlike = !c.isSameColor(0, 1) && Math.abs(c.body(1) - c.body(0)) < c.near(1);
    if (!isAlike || !(c.open(0) < c.bodyTop(1) && c.open(0) > c.bodyBottom(1))) return none;
    const staysOpen = c.isWhite(1)
      ? c.bodyGapsUp(1, 2) && c.close(0) < c.open(1) && c.close(0) > c.bodyTop(2)
      : c.bodyGapsDown(1, 2) && c.close(0) > c.open(1) && c.close(0) < c.bodyBottom(2);
    return staysOpen ? c.side(1) : none;
  },
  examples: [
    {
      candles: [
        [10, 13, 9, 12],
        [14, 16.2, 13.8, 16],
        [15, 15.2, 12.8, 13],
      ],
      values: [100],
    },
  ],
});
