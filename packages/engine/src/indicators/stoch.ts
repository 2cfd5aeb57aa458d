import { defineIndicator, length } from "../indicator.js";
import { advanceSmoothing, averageWarmup, kind, startSmoothing } from "../moving-average.js";
import { advancePlace, startRange } from "../range.js";

export const stoch = defineIndicator({
  name: "stoch",
  summary: "Stochastic oscillator",
  description:
    "Where the close lies in the range of the last `length` bars, 100 at its high, 0 at its low and where there is " +
    "no range, as an average over `slow` of these (`k`); and the average over `smooth` values of that (`d`). The averages " +
    "are simple unless `slow_ma` and `smooth_ma` say otherwise. Both outputs start together. A bar without a value starts " +
    "the window anew, and does to each average what it does to one of that kind.",
  source: "Lane, Lane's Stochastics, Stocks & Commodities (1984); TA-Lib 0.6 STOCH, to the bit",
  formula:
    "k = average(100 × (close − lowest low) / (highest high − lowest low), slow); d = average(k, smooth)",
  gaps: {
    described: "It starts the window anew, and does to each average what it does to one of that kind.",
  },
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [
    length({ default: 5 }),
    { name: "slow", type: "bars", minimum: 1, default: 3 },
    kind("slow_ma"),
    { name: "smooth", type: "bars", minimum: 1, default: 3 },
    kind("smooth_ma"),
  ],
  outputs: [
    { name: "k", type: "ratio" },
    { name: "d", type: "ratio" },
  ],
  warmup: ([length, slow, slowMa, smooth, smoothMa]) =>
    length - 1 + averageWarmup(slowMa, slow) + averageWarmup(smoothMa, smooth),
  lookback: () => 0,
  start: ([length, slow, slowMa, smooth, smoothMa]) => ({
    range: startRange(length),
    slowed: startSmoothing(slowMa, slow),
    smoothed: startSmoothing(smoothMa, smooth),
  }),
  advance({ range, slowed, smoothed }, [, slow, slowMa, smooth, smoothMa], bars, [k, d], from, to) {
    advancePlace(range, bars, k, from, to);
    advanceSmoothing(slowed, slowMa, slow, k, k, from, to);
    advanceSmoothing(smoothed, smoothMa, smooth, k, d, from, to);
    for (let i = from; i < to; i++) if (d[i] !== d[i]) k[i] = NaN;
  },
  examples: [
    {
      // The places are 75, 0 and 50.
      parameters: [2, 2, 0, 2, 0],
      inputs: { high: [10, 12, 11, 9], low: [8, 9, 7, 9], close: [9, 11, 7, 9] },
      outputs: { k: [null, null, null, 25], d: [null, null, null, 31.25] },
    },
    {
      // Exponentially, the averages go two thirds of the way: from 37.5 to 50, and from the mean of the two to 0.
      parameters: [2, 2, 1, 2, 1],
      inputs: { high: [10, 12, 11, 9, 9], low: [8, 9, 7, 9, 9], close: [9, 11, 7, 9, 9] },
      outputs: {
        k: [null, null, null, 37.5 + 25 / 3, 137.5 / 9],
        d: [null, null, null, 37.5 + 12.5 / 3, (37.5 + 12.5 / 3) / 3 + 275 / 27],
      },
    },
  ],
});
