import { defineIndicator, length } from "../indicator.js";
import { advanceSmoothing, averageWarmup, kind, startSmoothing } from "../moving-average.js";
import { placeInRange } from "../range.js";
import { slideHighest, slideLowest, startSliding } from "../sliding.js";

export const stochrsi = defineIndicator({
  name: "stochrsi",
  summary: "Stochastic relative strength index",
  description:
    "Where the `rsi` of `length` lies in the range of its last `range` values (`k`): 100 at the top, 0 at the bottom " +
    "and where there is no range; and an average over `smooth` of these (`d`), simple unless `ma` says otherwise. Both " +
    "start together. A bar without a value leaves the rsi as it was, starts the window over it anew, and does to the " +
    "average what it does to one of that kind.",
  source:
    "Chande and Kroll, Stochastic RSI and Dynamic Momentum Index, Stocks & Commodities (1993); TA-Lib 0.6 STOCHRSI, " +
    "to the bit",
  formula: "k = 100 × (rsi − lowest rsi) / (highest rsi − lowest rsi); d = average(k, smooth)",
  seeding: "As `rsi`.",
  gaps: {
    described:
      "It leaves the rsi as it was, starts the window over it anew, and does to the average what it does to one of that kind.",
  },
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    length({ default: 14, minimum: 2 }),
    { name: "range", type: "bars", minimum: 1, default: 5 },
    { name: "smooth", type: "bars", minimum: 1, default: 3 },
    kind(),
  ],
  outputs: [
    { name: "k", type: "ratio" },
    { name: "d", type: "ratio" },
  ],
  warmup: ([length, range, smooth, ma]) => length + range - 1 + averageWarmup(ma, smooth),
  lookback: () => 1,
  start: ([, range, smooth, ma]) => ({
    seen: 0,
    gain: 0,
    loss: 0,
    inRange: 0,
    highest: startSliding(range),
    lowest: startSliding(range),
    smoothed: startSmoothing(ma, smooth),
  }),
  advance(state, [length, range, smooth, ma], [source], [k, d], from, to) {
    const { highest, lowest } = state;
    let { seen, gain, loss, inRange } = state;
    for (let i = from; i < to; i++) {
      k[i] = NaN;
      const change = source[i] - source[i - 1];
      if (change !== change) {
        inRange = highest.at = lowest.at = 0;
        continue;
      }
      // Operation by operation as in TA-Lib, unlike `rsi`: while nothing moves, the range consists of their roundings.
      if (seen >= length) {
        loss *= length - 1;
        gain *= length - 1;
      }
      if (change < 0) loss -= change;
      else gain += change;
      if (seen < length) seen++;
      if (seen < length) continue;
      loss /= length;
      gain /= length;
      const total = gain + loss;
      const strength = total === 0 ? 0 : 100 * (gain / total);

      inRange++;
      const top = slideHighest(highest, strength);
      const bottom = slideLowest(lowest, strength);
      if (inRange >= range) k[i] = placeInRange(strength, top, bottom);
    }
    state.seen = seen;
    state.gain = gain;
    state.loss = loss;
    state.inRange = inRange;
    advanceSmoothing(state.smoothed, ma, smooth, k, d, from, to);
    for (let i = from; i < to; i++) if (d[i] !== d[i]) k[i] = NaN;
  },
  examples: [
    // The rsi is 50, 87.5 and 43.75, its places in a range of two 100 and 0.
    {
      parameters: [2, 2, 2, 0],
      inputs: { source: [1, 2, 1, 4, 1.5] },
      outputs: { k: [null, null, null, null, 0], d: [null, null, null, null, 50] },
    },
    {
      parameters: [2, 1, 1, 0],
      inputs: { source: [5, 5, 5] },
      outputs: { k: [null, null, 0], d: [null, null, 0] },
    },
    // The rsi of 5 / 12 after a fall by 1 is at the bottom; the average goes two thirds of the way from 50 to there.
    {
      parameters: [2, 2, 2, 1],
      inputs: { source: [1, 2, 1, 4, 1.5, 0.5] },
      outputs: { k: [null, null, null, null, 0, 0], d: [null, null, null, null, 50, 50 / 3] },
    },
  ],
});
