import { defineIndicator } from "../indicator.js";

export const valuewhen = defineIndicator({
  name: "valuewhen",
  summary: "The value on a bar on which a condition was true",
  description:
    "Holds the value that `source` had when the condition was last true; with an `occurrence` of 1 when it was true the " +
    "time before that, and so on. No value before it has been true that often.",
  source: "Pine v6 ta.valuewhen; AmiBroker ValueWhen, which counts from 1",
  formula: "source on the bar on which the condition was last true",
  gaps: { described: "One on a bar on which the condition is true is held as any other value." },
  cost: "constant",
  isWaiting: true,
  inputs: [
    { name: "condition", type: "bool" },
    { name: "source", type: "same" },
  ],
  parameters: [{ name: "occurrence", type: "bars", minimum: 0, default: 0 }],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 0,
  lookback: () => 0,
  // The newest first.
  start: ([occurrence]) => ({ held: new Float64Array(occurrence + 1).fill(NaN) }),
  advance({ held }, [occurrence], [condition, source], [out], from, to) {
    for (let i = from; i < to; i++) {
      if (condition[i] === 1) {
        if (occurrence > 0) held.copyWithin(1, 0);
        held[0] = source[i];
      }
      out[i] = held[occurrence];
    }
  },
  examples: [
    {
      parameters: [0],
      inputs: { condition: [0, 1, 0, null, 1], source: [5, 6, 7, 8, 9] },
      outputs: { value: [null, 6, 6, 6, 9] },
    },
    {
      parameters: [1],
      inputs: { condition: [1, 0, 1, 1, 0], source: [5, 6, 7, 8, 9] },
      outputs: { value: [null, null, 5, 7, 7] },
    },
  ],
});
