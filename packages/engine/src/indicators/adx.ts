import { advanceDirectionalIndex, startDirectional } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";
import { rma } from "./rma.js";

export const adx = defineIndicator({
  name: "adx",
  summary: "Average directional movement index",
  description:
    "Wilder's average of the directional movement index (`dx`), from 0 to 100: how one-sided movement has been, " +
    "whichever the side. It is seeded with the mean of the first `length` indices. A bar without a value is passed " +
    "over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 ADX, but for the last bits",
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
  start: ([length]) => ({ index: startDirectional(), average: rma.start([length]) }),
  advance({ index, average }, parameters, bars, outputs, from, to) {
    advanceDirectionalIndex(index, parameters[0], bars, outputs[0], from, to);
    rma.advance(average, parameters, outputs, outputs, from, to);
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
