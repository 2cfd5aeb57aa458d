import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlseparatinglines = defineCandles({
  name: "cdlseparatinglines",
  summary: "Separating lines",
  description:
    "Two candles of different colour that open at the same price, the second of them long without a shadow " +
    "on that side. Bullish where the second is white.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "colour ≠ colour[1] and open = open[1] and long and (no lower shadow if white, else no upper shadow)",
  bars: 2,
  means: { body: [0], range: [0], tight: [1] },
  find: (c) =>
    !c.isSameColor(0, 1) &&
    c.isEqual(c.open(0), c.open(1), 1) &&
    c.isLong(0) &&
    (c.isWhite(0) ? c.hasShavenBottom(0) : c.hasShavenHead(0))
      ? c.side(0)
      : none,
  examples: [
    {
      candles: [
        [12, 12.5, 9.8, 10],
        [12, 15.3, 12, 15],
      ],
      values: [100],
    },
  ],
});
