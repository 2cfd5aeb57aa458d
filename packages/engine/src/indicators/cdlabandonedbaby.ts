import { defineCandles, penetration } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlabandonedbaby = defineCandles({
  name: "cdlabandonedbaby",
  summary: "Abandoned baby",
  description:
    "A doji with gaps on both sides, shadows included: after a long candle, and before a candle of the other " +
    "colour that closes well within the body of the first. Bullish where the first is black.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "long[2] and doji[1] and long; white[2], black: low[1] > high[2] and high < low[1] and close < close[2] " +
    "- penetration × body[2]; black[2], white: the mirror image",
  bars: 3,
  means: { body: [2, 0], range: [1] },
  parameters: [penetration(0.3)],
  find: (c, share) => {
    if (!(c.isLong(2) && c.isDoji(1) && c.isLong(0)) || c.isSameColor(0, 2)) return none;
    const depth = c.body(2) * share;
    const isAbandoned = c.isWhite(2)
      ? c.close(0) < c.close(2) - depth && c.gapsUp(1, 2) && c.gapsDown(0, 1)
      : c.close(0) > c.close(2) + depth && c.gapsDown(1, 2) && c.gapsUp(0, 1);
    return isAbandoned ? c.side(0) : none;
  },
  examples: [
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [17, 17.5, 16.5, 17.1],
        [15.5, 16, 11.5, 12],
      ],
      values: [-100],
    },
    {
      candles: [
        [14, 14.2, 8.8, 9],
        [7, 7.5, 6.5, 6.9],
        [8.5, 12.5, 8, 12],
      ],
      values: [100],
    },
  ],
});
