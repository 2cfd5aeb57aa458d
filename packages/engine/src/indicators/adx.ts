import { directionalIndex, startDirectionalIndex } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const adx = defineIndicator({
  name: "adx",
  summary: "Average directional movement index",
  description:
    "Wilder's average of the directional movement index (`dx`), from 0 to 100: how one-sided movement has been, " +
    "whichever the side. It is seeded with the mean of the first `length` indices. A bar without a value is passed " +
    "over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 ADX, to the bit",
  formula: "rma(dx)",
  memory: "endless",
  seeding: "The mean of the first `length` indices.",
  gaps: gapsOfChanges,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => 2 * length - 1,
  lookback: () => 1,
  start: () => ({ totals: startDirectionalIndex(), seen: 0, average: 0 }),
  advance(state, [length], [high, low, close], [out], from, to) {
    const { totals } = state;
    let { seen, average } = state;
    for (let i = from; i < to; i++) {
      const index = directionalIndex(totals, length, high, low, close, i);
      if (seen >= length && index === index) {
        average = (average * (length - 1) + index) / length;
        out[i] = average;
        continue;
      }
      out[i] = NaN;
      if (index !== index) continue;
      // Until the seed is complete, `average` holds the sum.
      average += index;
      seen++;
      if (seen === length) out[i] = average /= length;
    }
    state.seen = seen;
    state.average = average;
  },
  examples: [
    {
      // The index is 50, 50, then (upward total 3.25, downward 0.75) 62.5.
      parameters: [2],
      inputs: { high: [10, 12, 11, 10, 13], low: [8, 10, 7, 8, 9], close: [9, 11, 9, 9, 12] },
      outputs: { value: [null, null, null, 50, 56.25] },
    },
  ],
});
