import { defineIndicator, length } from "../indicator.js";
import { averageWarmup, kind, simple, startUnlessSimple, streaming } from "../moving-average.js";
import { addToMean, startMean } from "../rolling-mean.js";
import { slideHighest, slideLowest, startSliding } from "../sliding.js";

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
  start: ([length, smooth, ma]) => ({
    seen: 0,
    highest: startSliding(length),
    lowest: startSliding(length),
    mean: startMean(smooth),
    average: startUnlessSimple(ma, smooth),
  }),
  advance(state, [length, smooth, ma], [high, low, close], [k, d], from, to) {
    const complete = length + averageWarmup(ma, smooth);
    const { highest, lowest, mean } = state;
    const averageOf = ma === simple ? null : streaming(state.average, ma, smooth);
    let { seen } = state;
    for (let i = from; i < to; i++) {
      k[i] = d[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i] || close[i] !== close[i]) {
        seen = highest.at = lowest.at = 0;
        mean.fill(0);
        averageOf?.(NaN);
        continue;
      }
      seen++;
      const top = slideHighest(highest, high[i]);
      const bottom = slideLowest(lowest, low[i]);
      if (seen < length) continue;
      const step = (top - bottom) / 100;
      const place = step === 0 ? 0 : (close[i] - bottom) / step;
      const average = averageOf === null ? addToMean(mean, place) : averageOf(place);
      if (seen < complete) continue;
      k[i] = place;
      d[i] = average;
    }
    state.seen = seen;
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
