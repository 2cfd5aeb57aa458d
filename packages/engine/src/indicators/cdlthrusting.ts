import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdlthrusting = defineCandles({
  name: "cdlthrusting",
  summary: "Thrusting pattern",
  description:
    "Bearish. After a long black candle, a white one that opens below its low and closes within its body, " +
    "but not above the middle.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "black[1] and long[1] and white and open < low[1] and close > close[1] + equal[1] and close ≤ close[1] + " +
    "body[1] × 0.5",
  bars: 2,
  means: { body: [1], tight: [1] },
  find: (c) =>
    c.isBlack(1) &&
    c.isLong(1) &&
    c.isWhite(0) &&
    c.open(0) < c.low(1) &&
    c.close(0) > c.close(1) + c.equal(1) &&
    c.close(0) <= c.close(1) + c.body(1) * 0.5
      ? bearish
      : none,
  examples: [
    {
      candles: [
        [16, 16.2, 11.8, 12],
        [11, 13.7, 10.8, 13.5],
      ],
      values: [-100],
    },
  ],
});
