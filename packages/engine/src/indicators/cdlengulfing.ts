import { defineCandles } from "../candle-pattern.js";
import { none, weaker } from "../candles.js";

export const cdlengulfing = defineCandles({
  name: "cdlengulfing",
  summary: "Engulfing pattern",
  description:
    "A body around that of the candle of the other colour before it; bullish where it is white. Where they " +
    "end at the same price on one side, the value is 80 instead of 100.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "white, black[1]: close ≥ open[1] and open ≤ close[1], not both equal; black, white[1]: open ≥ close[1] " +
    "and close ≤ open[1], not both equal",
  bars: 2,
  warmup: 2,
  find: (c) => {
    if (c.isSameColor(0, 1) || !c.isCovered(1, 0)) return none;
    const isTied = c.open(0) === c.close(1);
    const isLevel = c.close(0) === c.open(1);
    if (isTied && isLevel) return none;
    return isTied || isLevel ? weaker(c.side(0)) : c.side(0);
  },
  examples: [
    {
      candles: [
        [12, 12.5, 10.8, 11],
        [10.5, 13.2, 10.3, 13],
      ],
      values: [100],
    },
    {
      candles: [
        [12, 12.5, 10.8, 11],
        [11, 13.2, 10.8, 13],
      ],
      values: [80],
    },
  ],
});
