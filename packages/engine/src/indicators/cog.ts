import { defineIndicator, length } from "../indicator.js";

const barsBetweenRebuilds = 1_024;

export const cog = defineIndicator({
  name: "cog",
  summary: "Centre of gravity",
  description:
    "Where the weight of the last `length` values lies, in bars back from the newest, which counts as 1, with a minus " +
    "sign: nearer to −1 when recent values are the larger ones. None where the values add up to 0. A bar without a value " +
    "starts the window anew.",
  source: "Ehlers, The CG Oscillator (2002); Pine v6 ta.cog",
  formula: "−Σ (1 + age) × source / Σ source",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 10 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, sum: 0, moment: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen, sum, moment } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      out[i] = NaN;
      if (value !== value) {
        seen = sum = moment = 0;
        continue;
      }
      seen++;
      // All that is there lies one bar further back.
      sum += value;
      moment += sum;
      if (seen < length) continue;
      if (seen % barsBetweenRebuilds === 0) {
        sum = moment = 0;
        for (let k = i - length + 1; k <= i; k++) {
          sum += source[k];
          moment += sum;
        }
      }
      out[i] = -moment / sum;
      const oldest = source[i - length + 1];
      sum -= oldest;
      moment -= length * oldest;
    }
    state.seen = seen;
    state.sum = sum;
    state.moment = moment;
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [1, 1, 3, null, 1, 4] },
      outputs: { value: [null, -1.5, -1.25, null, null, -1.2] },
    },
  ],
});
