import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlxsidegap3methods = defineCandles({
  name: "cdlxsidegap3methods",
  summary: "Upside and downside gap three methods",
  description:
    "Two candles of one colour with a gap between them in their direction, and one of the other colour that " +
    "opens within the second body and closes within the first. Bullish where the two are white.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "colour[2] = colour[1] and colour ≠ colour[1] and open < top[1] and open > bottom[1] and close < top[2] " +
    "and close > bottom[2] and (body[1] above body[2] if white[2], else body[1] below body[2])",
  bars: 3,
  find: (c) =>
    c.isSameColor(2, 1) &&
    !c.isSameColor(0, 1) &&
    c.open(0) < c.bodyTop(1) &&
    c.open(0) > c.bodyBottom(1) &&
    c.close(0) < c.bodyTop(2) &&
    c.close(0) > c.bodyBottom(2) &&
    (c.isWhite(2) ? c.bodyGapsUp(1, 2) : c.bodyGapsDown(1, 2))
      ? c.side(2)
      : none,
  examples: [
    {
      candles: [
        [10, 13, 9, 12],
        [14, 16.2, 13.8, 16],
        [15, 15.2, 10.8, 11],
      ],
      values: [100],
    },
  ],
});
