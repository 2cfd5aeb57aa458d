import { defineIndicator, length } from "../indicator.js";

export const range = defineIndicator({
  name: "range",
  summary: "Range of a series",
  description:
    "The largest of the last `length` values less the smallest. A bar without a value starts the window anew.",
  source: "Pine v6 ta.range",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      let highest = source[i];
      let lowest = highest;
      seen = highest === highest ? seen + 1 : 0;
      if (seen < length) continue;
      for (let k = i - length + 1; k < i; k++) {
        if (source[k] > highest) highest = source[k];
        if (source[k] < lowest) lowest = source[k];
      }
      out[i] = highest - lowest;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, null, 4, 4, 8] },
      outputs: { value: [null, null, 4, 2, null, null, null, 4] },
    },
  ],
});
