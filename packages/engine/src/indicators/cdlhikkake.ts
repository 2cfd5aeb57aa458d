import { bearish, bullish, none } from "../candles.js";
import { defineHikkake } from "../hikkake.js";

export const cdlhikkake = defineHikkake({
  name: "cdlhikkake",
  summary: "Hikkake",
  description:
    "A trap: after an inside bar, one that breaks out of it with both its high and its low. Bullish where it " +
    "breaks out downwards; 200 instead of 100 on a bar that confirms it, by closing beyond the other side of " +
    "the inside bar within three bars.",
  source: "Chesler, Trading False Moves with the Hikkake Pattern, Active Trader (2004)",
  formula:
    "high[1] < high[2] and low[1] > low[2]; high < high[1] and low < low[1] is bullish, high > high[1] and " +
    "low > low[1] bearish",
  bars: 3,
  warmup: 5,
  find: (c) => {
    const isInside = c.high(1) < c.high(2) && c.low(1) > c.low(2);
    if (!isInside) return none;
    if (c.high(0) < c.high(1) && c.low(0) < c.low(1)) return bullish;
    return c.high(0) > c.high(1) && c.low(0) > c.low(1) ? bearish : none;
  },
  examples: [
    {
      candles: [
        [10, 13, 9, 12],
        [11, 12.5, 9.5, 12],
        [11, 12, 8.5, 9],
        [10, 13.2, 9.8, 13],
      ],
      values: [100, 200],
    },
  ],
});
