import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlmatchinglow = defineCandles({
  name: "cdlmatchinglow",
  summary: "Matching low",
  description: "Bullish. Two black candles that close at the same price.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula: "black[1] and black and close = close[1]",
  bars: 2,
  means: { tight: [1] },
  find: (c) => (c.isBlack(1) && c.isBlack(0) && c.isEqual(c.close(0), c.close(1), 1) ? bullish : none),
  examples: [
    {
      candles: [
        [12, 12.5, 9.5, 10],
        [11.5, 12, 9.5, 10.1],
      ],
      values: [100],
    },
  ],
});
