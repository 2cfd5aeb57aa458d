import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdl3inside = defineCandles({
  name: "cdl3inside",
  summary: "Three inside up and down",
  description:
    "A harami that is confirmed: after a long candle a small body within its body, and a third candle of the " +
    "other colour that closes beyond the open of the first. Bullish where the first candle is black.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "long[2] and not long[1] and body[1] within body[2]; black and close < open[2] after white[2], white and " +
    "close > open[2] after black[2]",
  bars: 3,
  means: { body: [2, 1] },
  find: (c) => {
    const isHarami = c.isLong(2) && !c.isLong(1) && c.isWithin(1, 2);
    if (!isHarami || c.isSameColor(0, 2)) return none;
    return (c.isWhite(2) ? c.close(0) < c.open(2) : c.close(0) > c.open(2)) ? -c.side(2) : none;
  },
  examples: [
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [13, 13.5, 11.5, 12],
        [12, 12.2, 9, 9.5],
      ],
      values: [-100],
    },
  ],
});
