import { defineIndicator, length } from "../indicator.js";

export const rma = defineIndicator({
  name: "rma",
  summary: "Wilder's moving average",
  description:
    "A mean in which each bar weighs 1 / length, seeded with the mean of the first `length` values: the average inside " +
    "the relative strength index and the average true range. A bar without a value has no average and leaves the next " +
    "one as it was.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); Pine v6 ta.rma",
  formula: "value[1] + (source − value[1]) / length",
  memory: "endless",
  seeding: "The mean of the first `length` values.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: () => ({ seen: 0, average: 0 }),
  advance(state, [length], [source], [out], from, to) {
    const weight = 1 / length;
    let { seen, average } = state;
    for (let i = from; i < to; i++) {
      // In a loop of its own: one that may also be gathering the seed takes twice as long for a bar.
      for (; seen >= length && i < to; i++) {
        const value = source[i];
        if (value !== value) break;
        average += (value - average) * weight;
        out[i] = average;
      }
      if (i === to) break;
      const value = source[i];
      out[i] = NaN;
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
    { parameters: [2], inputs: { source: [1, 3, 4, 8] }, outputs: { value: [null, 2, 3, 5.5] } },
    { parameters: [2], inputs: { source: [1, 3, null, 4] }, outputs: { value: [null, 2, null, 3] } },
  ],
});
