import { defineIndicator, length } from "../indicator.js";

// The mirror of falling.ts, written out: a comparison passed to one shared loop would cost every bar a call.
export const rising = defineIndicator({
  name: "rising",
  summary: "Whether a value is rising",
  description:
    "True where the value is larger than each of the `length` values before it (which need not be rising among " +
    "themselves). A bar without a value starts the window anew.",
  source: "Pine v6 ta.rising",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "bool" }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: () => ({ seen: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      seen = value === value ? seen + 1 : 0;
      if (seen <= length) {
        out[i] = NaN;
        continue;
      }
      let back = 1;
      while (back <= length && value > source[i - back]) back++;
      out[i] = back > length ? 1 : 0;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [2, 1, 3, 3, null, 1, 2, 3] },
      outputs: { value: [null, null, 1, 0, null, null, null, 1] },
    },
    { parameters: [1], inputs: { source: [4, 4] }, outputs: { value: [null, 0] } },
  ],
});
