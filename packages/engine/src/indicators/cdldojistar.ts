import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdldojistar = defineCandles({
  name: "cdldojistar",
  summary: "Doji star",
  description:
    "After a long candle, a doji beyond it: above a white one it is bearish, below a black one bullish.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula: "long[1] and doji and (body above body[1] if white[1], else body below body[1])",
  bars: 2,
  means: { body: [1], range: [0] },
  find: (c) =>
    c.isLong(1) && c.isDoji(0) && (c.isWhite(1) ? c.bodyGapsUp(0, 1) : c.bodyGapsDown(0, 1))
      ? -c.side(1)
      : none,
  examples: [
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [16, 17, 15.5, 16.1],
      ],
      values: [-100],
    },
  ],
});
