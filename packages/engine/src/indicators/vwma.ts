import { defineIndicator, length } from "../indicator.js";

export const vwma = defineIndicator({
  name: "vwma",
  summary: "Volume-weighted moving average",
  description:
    "A mean of the last `length` values in which each weighs as much as the volume of its bar; none where nothing was " +
    "traded in all of them. A bar without a value or a volume starts the window anew.",
  source: "Pine v6 ta.vwma",
  inputs: [{ name: "source", type: "same" }],
  fields: ["volume"],
  parameters: [length({ default: 20 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0 }),
  advance(state, [length], [source, volume], [out], from, to) {
    let { seen } = state;
    for (let i = from; i < to; i++) {
      const given = source[i] + volume[i];
      seen = given === given ? seen + 1 : 0;
      out[i] = NaN;
      if (seen < length) continue;
      // Added up on every bar: what a running sum leaves behind would pass for a price where nothing was traded.
      let sum = 0;
      let traded = 0;
      for (let k = i - length + 1; k <= i; k++) {
        sum += source[k] * volume[k];
        traded += volume[k];
      }
      out[i] = sum / traded;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [10, 20, 30, null, 10, 30], volume: [1, 3, 1, 1, 1, 1] },
      outputs: { value: [null, 17.5, 22.5, null, null, 20] },
    },
    { parameters: [1], inputs: { source: [10, 20], volume: [0, 3] }, outputs: { value: [null, 20] } },
  ],
});
