import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlgravestonedoji = defineCandles({
  name: "cdlgravestonedoji",
  summary: "Gravestone doji",
  description:
    "A doji with an upper shadow and hardly a lower one. Whether it is bearish depends on where it stands; " +
    "the value is 100 everywhere.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "doji and no lower shadow and an upper shadow",
  bars: 1,
  means: { range: [0] },
  find: (c) => (c.isDoji(0) && c.hasShavenBottom(0) && c.hasHead(0) ? bullish : none),
  examples: [{ candles: [[10, 13, 9.9, 10]], values: [100] }],
});
