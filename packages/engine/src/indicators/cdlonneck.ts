import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdlonneck = defineCandles({
  name: "cdlonneck",
  summary: "On-neck pattern",
  description:
    "Bearish. After a long black candle, a white one that opens below its low and closes at that low.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "black[1] and long[1] and white and open < low[1] and close = low[1]",
  bars: 2,
  means: { body: [1], tight: [1] },
  find: (c) =>
    c.isBlack(1) && c.isLong(1) && c.isWhite(0) && c.open(0) < c.low(1) && c.isEqual(c.close(0), c.low(1), 1)
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [16, 16.2, 11.8, 12],
        [10, 12, 9.8, 11.9],
      ],
      values: [-100],
    },
  ],
});
