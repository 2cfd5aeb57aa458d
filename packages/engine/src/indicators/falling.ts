import { defineIndicator, length } from "../indicator.js";

// The mirror of rising.ts, written out: a comparison passed to one shared loop would cost every bar a call.
export const falling = defineIndicator({
  name: "falling",
  summary: "Whether a value is falling",
  description:
    "True where the value is smaller than each of the `length` values before it (which need not be falling among " +
    "themselves). A bar without a value starts the window anew.",
  source: "Pine v6 ta.falling",
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
      while (back <= length && value < source[i - back]) back++;
      out[i] = back > length ? 1 : 0;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [2, 3, 1, 1, null, 3, 2, 1] },
      outputs: { value: [null, null, 1, 0, null, null, null, 1] },
    },
    { parameters: [1], inputs: { source: [4, 4] }, outputs: { value: [null, 0] } },
  ],
});
