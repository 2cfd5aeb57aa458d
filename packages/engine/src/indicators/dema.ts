import { defineIndicator, length } from "../indicator.js";

export const dema = defineIndicator({
  name: "dema",
  summary: "Double exponential moving average",
  description:
    "Twice an exponential average less the exponential average of it, which takes most of the lag away. Both are seeded " +
    "with the mean of their first `length` values; a bar without a value leaves them as they were.",
  source: "Mulloy, Smoothing Data with Faster Moving Averages (1994); TA-Lib 0.6 DEMA, to the bit",
  formula: "2 × ema(source) − ema(ema(source))",
  memory: "endless",
  seeding: "Each average is seeded with the mean of its first `length` values.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => 2 * (length - 1),
  lookback: () => 0,
  start: () => ({ seen: 0, first: 0, second: 0 }),
  advance(state, [length], [source], [out], from, to) {
    const weight = 2 / (length + 1);
    const complete = 2 * length - 1;
    let { seen, first, second } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      out[i] = NaN;
      if (value !== value) continue;
      if (seen <= complete) seen++;
      // While a seed is being gathered, its average holds the sum.
      if (seen > length) {
        first = (value - first) * weight + first;
      } else {
        first += value;
        if (seen < length) continue;
        first /= length;
      }
      if (seen > complete) {
        second = (first - second) * weight + second;
      } else {
        second += first;
        if (seen < complete) continue;
        second /= length;
      }
      out[i] = 2 * first - second;
    }
    state.seen = seen;
    state.first = first;
    state.second = second;
  },
  examples: [
    // The averages are 2, 3, 5.5, 5.5 and 3.5, 4.5.
    {
      parameters: [3],
      inputs: { source: [1, 2, 3, 4, 8, null, 5.5] },
      outputs: { value: [null, null, null, null, 7.5, null, 6.5] },
    },
  ],
});
