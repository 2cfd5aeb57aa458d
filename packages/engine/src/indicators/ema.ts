import { defineIndicator, length } from "../indicator.js";

export const ema = defineIndicator({
  name: "ema",
  summary: "Exponential moving average",
  description:
    "A mean in which each bar weighs 2 / (length + 1), seeded with the mean of the first `length` values. " +
    "A bar without a value has no average and leaves the next one as it was.",
  source: "TA-Lib 0.6 EMA, to the bit",
  formula: "value[1] + 2 / (length + 1) × (source − value[1])",
  memory: "endless",
  seeding: "The mean of the first `length` values.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: () => ({ seen: 0, average: 0 }),
  advance(state, [length], [source], [out], from, to) {
    const weight = 2 / (length + 1);
    let { seen, average } = state;
    for (let i = from; i < to; i++) {
      // In a loop of its own: one that may also be gathering the seed takes twice as long for a bar.
      for (; seen >= length && i < to; i++) {
        const value = source[i];
        if (value !== value) break;
        average = (value - average) * weight + average;
        out[i] = average;
      }
      if (i === to) break;
      out[i] = NaN;
      const value = source[i];
      if (value !== value) continue;
      // Until the seed is complete, `average` holds the sum.
      average += value;
      seen++;
      if (seen === length) out[i] = average /= length;
    }
    state.seen = seen;
    state.average = average;
  },
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 3, 4, 8] }, outputs: { value: [null, null, 2, 3, 5.5] } },
    { parameters: [1], inputs: { source: [4, null, 6] }, outputs: { value: [4, null, 6] } },
  ],
});
