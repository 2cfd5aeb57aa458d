import { defineIndicator, length } from "../indicator.js";
import { averageWarmup, kind, simple, startUnlessSimple, streaming } from "../moving-average.js";
import { addToMean, startMean } from "../rolling-mean.js";
import { slideHighest, slideLowest, startSliding } from "../sliding.js";

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
    seen: 0,
    highest: startSliding(length),
    lowest: startSliding(length),
    slowMean: startMean(slow),
    smoothMean: startMean(smooth),
    slowAverage: startUnlessSimple(slowMa, slow),
    smoothAverage: startUnlessSimple(smoothMa, smooth),
  }),
  advance(state, [length, slow, slowMa, smooth, smoothMa], [high, low, close], [k, d], from, to) {
    const firstSlow = length + averageWarmup(slowMa, slow);
    const complete = firstSlow + averageWarmup(smoothMa, smooth);
    const { highest, lowest, slowMean, smoothMean } = state;
    const slowOf = slowMa === simple ? null : streaming(state.slowAverage, slowMa, slow);
    const smoothOf = smoothMa === simple ? null : streaming(state.smoothAverage, smoothMa, smooth);
    let { seen } = state;
    for (let i = from; i < to; i++) {
      k[i] = d[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i] || close[i] !== close[i]) {
        seen = highest.at = lowest.at = 0;
        slowMean.fill(0);
        smoothMean.fill(0);
        slowOf?.(NaN);
        smoothOf?.(NaN);
        continue;
      }
      seen++;
      const top = slideHighest(highest, high[i]);
      const bottom = slideLowest(lowest, low[i]);
      if (seen < length) continue;
      const step = (top - bottom) / 100;
      const place = step === 0 ? 0 : (close[i] - bottom) / step;
      const slowed = slowOf === null ? addToMean(slowMean, place) : slowOf(place);
      if (seen < firstSlow) continue;
      const smoothed = smoothOf === null ? addToMean(smoothMean, slowed) : smoothOf(slowed);
      if (seen < complete) continue;
      k[i] = slowed;
      d[i] = smoothed;
    }
    state.seen = seen;
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
