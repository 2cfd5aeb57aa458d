import { defineIndicator, length } from "../indicator.js";

export const midpoint = defineIndicator({
  name: "midpoint",
  summary: "Midpoint of a series",
  description:
    "The middle between the largest and the smallest of the last `length` values. A bar without a value starts the " +
    "window anew.",
  source: "TA-Lib 0.6 MIDPOINT, to the bit",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 14 })],
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
      out[i] = (highest + lowest) / 2;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, 0, null, 4, 4, 8] },
      outputs: { value: [null, null, 3, 2, 1.5, null, null, null, 6] },
    },
  ],
});
