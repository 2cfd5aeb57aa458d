import { bearish, bullish, none } from "../candles.js";
import { defineHikkake } from "../hikkake.js";

export const cdlhikkakemod = defineHikkake({
  name: "cdlhikkakemod",
  summary: "Modified hikkake",
  description:
    "A trap as of `cdlhikkake`, after two inside bars, the first of which closes near its low where the trap " +
    "is bullish, near its high where it is bearish; 200 instead of 100 on a bar that confirms it within " +
    "three bars.",
  source: "Chesler, Trading False Moves with the Hikkake Pattern, Active Trader (2004)",
  formula:
    "high[1] < high[2] < high[3] and low[1] > low[2] > low[3]; high < high[1] and low < low[1] and close[2] " +
    "≤ low[2] + near[2] is bullish; the mirror image bearish",
  bars: 4,
  warmup: 10,
  means: { tight: [2] },
  find: (c) => {
    const isInside =
      c.high(2) < c.high(3) && c.low(2) > c.low(3) && c.high(1) < c.high(2) && c.low(1) > c.low(2);
    if (!isInside) return none;
    const isDown = c.high(0) < c.high(1) && c.low(0) < c.low(1);
    const isUp = c.high(0) > c.high(1) && c.low(0) > c.low(1);
    if (isDown && c.close(2) <= c.low(2) + c.near(2)) return bullish;
    return isUp && c.close(2) >= c.high(2) - c.near(2) ? bearish : none;
  },
  examples: [
    {
      candles: [
        [10, 15, 8, 12],
        [11, 14, 9, 9.3],
        [10, 13, 9.5, 12],
        [11, 12, 9, 10],
        [10, 13.6, 10, 13.5],
      ],
      values: [100, 200],
    },
  ],
});
