import { directionalIndex, startDirectionalIndex } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const adxr = defineIndicator({
  name: "adxr",
  summary: "Average directional movement index rating",
  description:
    "The mean of the average directional movement index (`adx`) and what it was `length - 1` bars ago. A bar without " +
    "a value is passed over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 ADXR, to the bit",
  formula: "(adx + adx[length − 1]) / 2",
  memory: "endless",
  seeding: "As `adx`.",
  gaps: gapsOfChanges,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => 3 * length - 2,
  lookback: () => 1,
  start: ([length]) => ({
    totals: startDirectionalIndex(),
    seen: 0,
    average: 0,
    averages: new Float64Array(length),
  }),
  advance(state, [length], [high, low, close], [out], from, to) {
    const { totals, averages } = state;
    let { seen, average } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const index = directionalIndex(totals, length, high, low, close, i);
      if (index !== index) continue;
      seen++;
      if (seen > length) {
        average = (average * (length - 1) + index) / length;
      } else {
        // Until the seed is complete, `average` holds the sum.
        average += index;
        if (seen < length) continue;
        average /= length;
      }
      averages[seen % length] = average;
      if (seen >= 2 * length - 1) out[i] = (averages[(seen + 1) % length] + average) / 2;
    }
    state.seen = seen;
    state.average = average;
  },
  examples: [
    {
      // The averages of the example of adx.ts: 50, then 56.25.
      parameters: [2],
      inputs: { high: [10, 12, 11, 10, 13], low: [8, 10, 7, 8, 9], close: [9, 11, 9, 9, 12] },
      outputs: { value: [null, null, null, null, 53.125] },
    },
  ],
});
