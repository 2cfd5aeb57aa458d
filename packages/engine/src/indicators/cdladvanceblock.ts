import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdladvanceblock = defineCandles({
  name: "cdladvanceblock",
  summary: "Advance block",
  description:
    "Bearish. Three white candles with ever higher closes, each opening in or near the body before it, which " +
    "lose strength: far smaller bodies, or smaller ones with long upper shadows. The first is long with a " +
    "short upper shadow.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "white[2], white[1], white; close > close[1] > close[2]; open[2] < open[1] ≤ close[2] + near[2], open[1] " +
    "< open ≤ close[1] + near[1]; long[2] with a short upper shadow; and one of: body[1] < body[2] - far[2] " +
    "and body < body[1] + near[1]; body < body[1] - far[1]; body < body[1] < body[2] with an upper shadow " +
    "that is not short on one of the last two; body < body[1] and upper shadow > body",
  bars: 3,
  means: { body: [2], shadows: [2, 1, 0], tight: [2, 1] },
  find: (c) => {
    const isAdvance =
      c.isWhite(2) &&
      c.isWhite(1) &&
      c.isWhite(0) &&
      c.close(0) > c.close(1) &&
      c.close(1) > c.close(2) &&
      c.open(1) > c.open(2) &&
      c.open(1) <= c.close(2) + c.near(2) &&
      c.open(0) > c.open(1) &&
      c.open(0) <= c.close(1) + c.near(1) &&
      c.isLong(2) &&
      c.upperShadow(2) < c.shortShadow(2);
    if (!isAdvance) return none;
    const hasHead = c.upperShadow(0) > c.shortShadow(0) || c.upperShadow(1) > c.shortShadow(1);
    const isBlocked =
      (c.body(1) < c.body(2) - c.far(2) && c.body(0) < c.body(1) + c.near(1)) ||
      c.body(0) < c.body(1) - c.far(1) ||
      (c.body(0) < c.body(1) && c.body(1) < c.body(2) && hasHead) ||
      (c.body(0) < c.body(1) && c.upperShadow(0) > c.body(0));
    return isBlocked ? bearish : none;
  },
  examples: [
    {
      candles: [
        [10, 16.3, 9.8, 16],
        [15, 19, 14.8, 18],
        [17.5, 19.8, 17.3, 19],
      ],
      values: [-100],
    },
  ],
});
