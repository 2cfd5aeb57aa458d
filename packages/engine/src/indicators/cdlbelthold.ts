import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlbelthold = defineCandles({
  name: "cdlbelthold",
  summary: "Belt hold",
  description:
    "A long candle that opens at its extreme: white without a lower shadow to speak of is bullish, black " +
    "without an upper one bearish.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "long and (no lower shadow if white, else no upper shadow)",
  bars: 1,
  means: { body: [0], range: [0] },
  find: (c) => (c.isLong(0) && (c.isWhite(0) ? c.hasShavenBottom(0) : c.hasShavenHead(0)) ? c.side(0) : none),
  examples: [
    { candles: [[10, 14.5, 10, 14]], values: [100] },
    { candles: [[14, 14, 9.5, 10]], values: [-100] },
  ],
});
