import { defineIndicator, length } from "../indicator.js";

export const cog = defineIndicator({
  name: "cog",
  summary: "Centre of gravity",
  description:
    "Where the weight of the last `length` values lies, in bars back from the newest, which counts as 1, with a minus " +
    "sign: nearer to −1 when recent values are the larger ones. None where the values add up to 0. A bar without a value " +
    "starts the window anew.",
  source: "Ehlers, The CG Oscillator (2002); Pine v6 ta.cog",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 10 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen } = state;
    for (let i = from; i < to; i++) {
      seen = source[i] === source[i] ? seen + 1 : 0;
      out[i] = NaN;
      if (seen < length) continue;
      let moment = 0;
      let sum = 0;
      for (let k = 0; k < length; k++) {
        moment += source[i - k] * (k + 1);
        sum += source[i - k];
      }
      out[i] = -moment / sum;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [1, 1, 3, null, 1, 4] },
      outputs: { value: [null, -1.5, -1.25, null, null, -1.2] },
    },
  ],
});
