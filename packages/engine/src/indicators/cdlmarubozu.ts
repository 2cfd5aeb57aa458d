import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlmarubozu = defineCandles({
  name: "cdlmarubozu",
  summary: "Marubozu",
  description: "A long body with hardly a shadow: bullish where it is white, bearish where it is black.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "long and no upper shadow and no lower shadow",
  bars: 1,
  means: { body: [0], range: [0] },
  find: (c) => (c.isLong(0) && c.hasShavenHead(0) && c.hasShavenBottom(0) ? c.side(0) : none),
  examples: [{ candles: [[10, 14, 10, 14]], values: [100] }],
});
