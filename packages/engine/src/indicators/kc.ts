import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const kc = defineIndicator({
  name: "kc",
  summary: "Keltner channels",
  description:
    "An exponential average, and lines `factor` exponential averages of the true range above and below it, both averages " +
    "seeded as `ema` is. The first bar has no true range, so the first values come after `length` bars. A bar without a " +
    "value leaves the averages as they were.",
  source: "Keltner (1960) in Linda Raschke's form; Pine v6 ta.kc with the true range",
  formula: "middle = ema(source); upper and lower = middle ± factor × ema(true range)",
  memory: "endless",
  seeding: "Each average is seeded with the mean of its first `length` values.",
  gaps: gapsOfChanges,
  cost: "constant",
  inputs: [{ name: "source", type: "price" }],
  fields: ["high", "low", "close"],
  parameters: [length({ default: 20 }), { name: "factor", type: "number", minimum: 0, default: 2 }],
  outputs: [
    { name: "middle", type: "price" },
    { name: "upper", type: "price" },
    { name: "lower", type: "price" },
  ],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: () => ({ seen: 0, average: 0, ranges: 0, width: 0 }),
  advance(state, [length, factor], [source, high, low, close], [middle, upper, lower], from, to) {
    const weight = 2 / (length + 1);
    let { seen, average, ranges, width } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      const previous = close[i - 1];
      const range = Math.max(high[i] - low[i], Math.abs(high[i] - previous), Math.abs(low[i] - previous));
      // Until a seed is complete, its average holds the sum.
      if (value === value) {
        if (seen >= length) average = (value - average) * weight + average;
        else {
          average += value;
          seen++;
          if (seen === length) average /= length;
        }
      }
      if (range === range) {
        if (ranges >= length) width = (range - width) * weight + width;
        else {
          width += range;
          ranges++;
          if (ranges === length) width /= length;
        }
      }
      const given = value + range;
      const known = given === given && seen === length && ranges === length;
      middle[i] = known ? average : NaN;
      upper[i] = known ? average + factor * width : NaN;
      lower[i] = known ? average - factor * width : NaN;
    }
    state.seen = seen;
    state.average = average;
    state.ranges = ranges;
    state.width = width;
  },
  examples: [
    // Averages 11 (seed), 13 and 15; ranges 3, 3 (seed 3), then 6: 3 + (6 − 3) × 2/3.
    {
      parameters: [2, 2],
      inputs: {
        source: [10, 12, 14, 16],
        high: [10, 12, 14, 19],
        low: [9, 9, 11, 13],
        close: [10, 12, 13, 16],
      },
      outputs: {
        middle: [null, null, 13, 15],
        upper: [null, null, 19, 25],
        lower: [null, null, 7, 5],
      },
    },
  ],
});
