import { advanceDirectionalIndex, startDirectional } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";
import { rma } from "./rma.js";

export const adxr = defineIndicator({
  name: "adxr",
  summary: "Average directional movement index rating",
  description:
    "The mean of the average directional movement index (`adx`) and what it was `length - 1` bars ago. A bar without " +
    "a value is passed over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 ADXR, but for the last bits",
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
    index: startDirectional(),
    average: rma.start([length]),
    seen: 0,
    averages: new Float64Array(length),
  }),
  advance(state, parameters, bars, outputs, from, to) {
    const [length] = parameters;
    const [out] = outputs;
    const { averages } = state;
    let { seen } = state;
    advanceDirectionalIndex(state.index, length, bars, out, from, to);
    rma.advance(state.average, parameters, outputs, outputs, from, to);
    for (let i = from; i < to; i++) {
      const average = out[i];
      if (average !== average) continue;
      averages[seen % length] = average;
      seen++;
      out[i] = seen < length ? NaN : (averages[seen % length] + average) / 2;
    }
    state.seen = seen;
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
