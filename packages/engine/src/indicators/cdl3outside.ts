import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdl3outside = defineCandles({
  name: "cdl3outside",
  summary: "Three outside up and down",
  description:
    "An engulfing that is confirmed: a body around that of the candle of the other colour before it, and a " +
    "third candle that closes further on. Bullish where the engulfing candle is white.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "black[2], white[1]: close[1] > open[2] and open[1] < close[2] and close > close[1]; white[2], black[1]: " +
    "the mirror image",
  bars: 3,
  warmup: 3,
  find: (c) => {
    if (c.isSameColor(1, 2)) return none;
    const isUp = c.close(1) > c.open(2) && c.open(1) < c.close(2) && c.close(0) > c.close(1);
    const isDown = c.open(1) > c.close(2) && c.close(1) < c.open(2) && c.close(0) < c.close(1);
    return (c.isWhite(1) ? isUp : isDown) ? c.side(1) : none;
  },
  examples: [
    {
      candles: [
        [12, 12.5, 10.8, 11],
        [10.5, 13.2, 10.3, 13],
        [13, 14.2, 12.9, 14],
      ],
      values: [100],
    },
  ],
});
