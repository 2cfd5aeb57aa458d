import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlclosingmarubozu = defineCandles({
  name: "cdlclosingmarubozu",
  summary: "Closing marubozu",
  description:
    "A long candle that closes at its extreme: white without an upper shadow to speak of is bullish, black " +
    "without a lower one bearish.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula: "long and (no upper shadow if white, else no lower shadow)",
  bars: 1,
  means: { body: [0], range: [0] },
  find: (c) => (c.isLong(0) && (c.isWhite(0) ? c.hasShavenHead(0) : c.hasShavenBottom(0)) ? c.side(0) : none),
  examples: [
    { candles: [[10, 14, 9, 14]], values: [100] },
    { candles: [[14, 15, 10, 10]], values: [-100] },
  ],
});
