import { defineIndicator, length } from "../indicator.js";

export const tema = defineIndicator({
  name: "tema",
  summary: "Triple exponential moving average",
  description:
    "Three times the difference of an exponential average and the average of it, plus the average of that one, which " +
    "takes more of the lag away than `dema`. All are seeded with the mean of their first `length` values; a bar " +
    "without a value leaves them as they were.",
  source: "Mulloy, Smoothing Data with Less Lag (1994); TA-Lib 0.6 TEMA, to the bit",
  formula: "3 × ema − 3 × ema(ema) + ema(ema(ema))",
  memory: "endless",
  seeding: "Each average is seeded with the mean of its first `length` values.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => 3 * (length - 1),
  lookback: () => 0,
  start: () => ({ seen: 0, first: 0, second: 0, third: 0 }),
  advance(state, [length], [source], [out], from, to) {
    const weight = 2 / (length + 1);
    const secondComplete = 2 * length - 1;
    const complete = 3 * length - 2;
    let { seen, first, second, third } = state;
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
      if (seen > secondComplete) {
        second = (first - second) * weight + second;
      } else {
        second += first;
        if (seen < secondComplete) continue;
        second /= length;
      }
      if (seen > complete) {
        third = (second - third) * weight + third;
      } else {
        third += second;
        if (seen < complete) continue;
        third /= length;
      }
      out[i] = 3 * first - 3 * second + third;
    }
    state.seen = seen;
    state.first = first;
    state.second = second;
    state.third = third;
  },
  examples: [
    // The averages are 2, 3, 5.5, 5.5, 5.5, then 3.5, 4.5, 5, and 13/3.
    {
      parameters: [3],
      inputs: { source: [1, 2, 3, 4, 8, null, 5.5, 5.5] },
      outputs: { value: [null, null, null, null, null, null, null, 1.5 + 13 / 3] },
    },
  ],
});
