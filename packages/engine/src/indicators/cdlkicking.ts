import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlkicking = defineCandles({
  name: "cdlkicking",
  summary: "Kicking",
  description:
    "Two long candles of different colour with hardly a shadow, and a gap between them: up to a white one, " +
    "down to a black one. Bullish where the second is white.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "colour ≠ colour[1] and long[1] and no upper shadow[1] and no lower shadow[1] and long and no upper " +
    "shadow and no lower shadow and (low > high[1] if black[1], else high < low[1])",
  bars: 2,
  means: { body: [1, 0], range: [1, 0] },
  find: (c) =>
    !c.isSameColor(0, 1) &&
    c.isLong(1) &&
    c.hasShavenHead(1) &&
    c.hasShavenBottom(1) &&
    c.isLong(0) &&
    c.hasShavenHead(0) &&
    c.hasShavenBottom(0) &&
    (c.isBlack(1) ? c.gapsUp(0, 1) : c.gapsDown(0, 1))
      ? c.side(0)
      : none,
  examples: [
    {
      candles: [
        [16, 16, 12, 12],
        [17, 21, 17, 21],
      ],
      values: [100],
    },
    {
      candles: [
        [12, 16, 12, 16],
        [11, 11, 7, 7],
      ],
      values: [-100],
    },
  ],
});
