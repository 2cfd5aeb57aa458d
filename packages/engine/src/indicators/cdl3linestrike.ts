import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdl3linestrike = defineCandles({
  name: "cdl3linestrike",
  summary: "Three line strike",
  description:
    "Three candles of one colour, each closing further on and opening in or near the body before it, and a " +
    "fourth of the other colour that takes back all three. Bullish where the three are white: the advance is " +
    "to go on.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "colour[3] = colour[2] = colour[1] ≠ colour; open[2] near body[3], open[1] near body[2]; white: close[3] " +
    "< close[2] < close[1] < open and close < open[3]; black: the mirror image",
  bars: 4,
  means: { tight: [3, 2] },
  find: (c) => {
    const isRow = c.isSameColor(3, 2) && c.isSameColor(2, 1) && c.opensNear(2, 3) && c.opensNear(1, 2);
    if (!isRow || c.isSameColor(0, 1)) return none;
    const isRise = c.close(1) > c.close(2) && c.close(2) > c.close(3);
    const isFall = c.close(1) < c.close(2) && c.close(2) < c.close(3);
    const strikes = c.isWhite(1)
      ? isRise && c.open(0) > c.close(1) && c.close(0) < c.open(3)
      : isFall && c.open(0) < c.close(1) && c.close(0) > c.open(3);
    return strikes ? c.side(1) : none;
  },
  examples: [
    {
      candles: [
        [10, 12.2, 9.8, 12],
        [11, 13.2, 10.8, 13],
        [12, 14.2, 11.8, 14],
        [14.5, 14.6, 9, 9.5],
      ],
      values: [100],
    },
  ],
});
