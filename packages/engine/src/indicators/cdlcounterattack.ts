import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlcounterattack = defineCandles({
  name: "cdlcounterattack",
  summary: "Counterattack",
  description:
    "Two long candles of different colour that close at the same price. Bullish where the second is white.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "colour ≠ colour[1] and long[1] and long and close = close[1]",
  bars: 2,
  means: { body: [1, 0], tight: [1] },
  find: (c) =>
    !c.isSameColor(0, 1) && c.isLong(1) && c.isLong(0) && c.isEqual(c.close(0), c.close(1), 1)
      ? c.side(0)
      : none,
  examples: [
    {
      candles: [
        [20, 20.2, 15.8, 16],
        [12, 16.3, 11.8, 16.05],
      ],
      values: [100],
    },
  ],
});
