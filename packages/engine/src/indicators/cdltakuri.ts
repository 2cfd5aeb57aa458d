import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdltakuri = defineCandles({
  name: "cdltakuri",
  summary: "Takuri",
  description:
    "Bullish. A doji with hardly an upper shadow and a lower one more than twice as long as its body.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "doji and no upper shadow and lower shadow > 2 × body",
  bars: 1,
  means: { range: [0] },
  find: (c) => (c.isDoji(0) && c.hasShavenHead(0) && c.lowerShadow(0) > 2 * c.body(0) ? bullish : none),
  examples: [{ candles: [[12, 12.1, 9, 12]], values: [100] }],
});
