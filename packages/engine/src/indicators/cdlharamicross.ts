import { defineCandles } from "../candle-pattern.js";
import { none, weaker } from "../candles.js";

export const cdlharamicross = defineCandles({
  name: "cdlharamicross",
  summary: "Harami cross",
  description:
    "After a long candle, a doji within its body: bearish after a white one, bullish after a black one. " +
    "Where the bodies end at the same price on one side, the value is 80 instead of 100.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "long[1] and doji and body within body[1]",
  bars: 2,
  means: { body: [1], range: [0] },
  find: (c) => {
    if (!c.isLong(1) || !c.isDoji(0)) return none;
    if (c.isWithin(0, 1)) return -c.side(1);
    return c.isCovered(0, 1) ? weaker(-c.side(1)) : none;
  },
  examples: [
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [13, 14, 12, 13.1],
      ],
      values: [-100],
    },
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [15, 15.5, 14.5, 14.9],
      ],
      values: [-80],
    },
  ],
});
