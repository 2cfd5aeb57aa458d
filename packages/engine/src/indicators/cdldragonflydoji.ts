import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdldragonflydoji = defineCandles({
  name: "cdldragonflydoji",
  summary: "Dragonfly doji",
  description:
    "A doji with a lower shadow and hardly an upper one. Whether it is bullish depends on where it stands; " +
    "the value is 100 everywhere.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "doji and no upper shadow and a lower shadow",
  bars: 1,
  means: { range: [0] },
  find: (c) => (c.isDoji(0) && c.hasShavenHead(0) && c.hasBottom(0) ? bullish : none),
  examples: [{ candles: [[12, 12.1, 9, 12]], values: [100] }],
});
