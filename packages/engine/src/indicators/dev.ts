import { defineIndicator, length } from "../indicator.js";

export const dev = defineIndicator({
  name: "dev",
  summary: "Mean absolute deviation",
  description:
    "How far the last `length` values lie from their mean, on average and without regard to the side. A bar without a " +
    "value starts the window anew.",
  source: "Pine v6 ta.dev; TA-Lib 0.6 AVGDEV, to the bit",
  formula: "Σ |source − mean| / length",
  memory: "window",
  gaps: "restart",
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "same", isDistance: true }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen } = state;
    for (let i = from; i < to; i++) {
      seen = source[i] === source[i] ? seen + 1 : 0;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      // The distances are to a mean that is new on every bar, so they are added up anew, and the mean with them; from the
      // newest back, as TA-Lib does it.
      let sum = 0;
      for (let k = i; k > i - length; k--) sum += source[k];
      const mean = sum / length;
      let distances = 0;
      for (let k = i; k > i - length; k--) distances += Math.abs(source[k] - mean);
      out[i] = distances / length;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [4],
      inputs: { source: [1, 2, 3, 6, 1] },
      outputs: { value: [null, null, null, 1.5, 1.5] },
    },
    { parameters: [2], inputs: { source: [1, 3, null, 5, 9] }, outputs: { value: [null, 1, null, null, 2] } },
  ],
});
