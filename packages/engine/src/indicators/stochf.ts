import { defineIndicator, length } from "../indicator.js";
import { advanceSmoothing, averageWarmup, kind, startSmoothing } from "../moving-average.js";
import { advancePlace, startRange } from "../range.js";

export const stochf = defineIndicator({
  name: "stochf",
  summary: "Fast stochastic oscillator",
  description:
    "Where the close lies in the range of the last `length` bars (`k`): 100 at its high, 0 at its low and where " +
    "there is no range; and an average over `smooth` of these (`d`), simple unless `ma` says otherwise. Both start " +
    "together. A bar without a value starts the window anew, and does to the average what it does to one of that kind.",
  source: "Lane, Lane's Stochastics, Stocks & Commodities (1984); TA-Lib 0.6 STOCHF, to the bit",
  formula: "k = 100 × (close − lowest low) / (highest high − lowest low); d = average(k, smooth)",
  gaps: { described: "It starts the window anew, and does to the average what it does to one of that kind." },
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 5 }), { name: "smooth", type: "bars", minimum: 1, default: 3 }, kind()],
  outputs: [
    { name: "k", type: "ratio" },
    { name: "d", type: "ratio" },
  ],
  warmup: ([length, smooth, ma]) => length - 1 + averageWarmup(ma, smooth),
  lookback: () => 0,
  start: ([length, smooth, ma]) => ({ range: startRange(length), smoothed: startSmoothing(ma, smooth) }),
  advance({ range, smoothed }, [, smooth, ma], bars, [k, d], from, to) {
    advancePlace(range, bars, k, from, to);
    advanceSmoothing(smoothed, ma, smooth, k, d, from, to);
    for (let i = from; i < to; i++) if (d[i] !== d[i]) k[i] = NaN;
  },
  examples: [
    {
      parameters: [2, 2, 0],
      inputs: { high: [10, 12, 11, 9], low: [8, 9, 7, 9], close: [9, 11, 7, 9] },
      outputs: { k: [null, null, 0, 50], d: [null, null, 37.5, 25] },
    },
    {
      parameters: [1, 1, 0],
      inputs: { high: [6, 5], low: [2, 5], close: [3, 5] },
      outputs: { k: [25, 0], d: [25, 0] },
    },
    // Two thirds of the way from the mean of 75 and 0 to 50.
    {
      parameters: [2, 2, 1],
      inputs: { high: [10, 12, 11, 9], low: [8, 9, 7, 9], close: [9, 11, 7, 9] },
      outputs: { k: [null, null, 0, 50], d: [null, null, 37.5, 37.5 + 25 / 3] },
    },
  ],
});
