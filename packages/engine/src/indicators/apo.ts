import { defineIndicator } from "../indicator.js";
import { addToMean, startMean } from "../rolling-mean.js";

export const apo = defineIndicator({
  name: "apo",
  summary: "Absolute price oscillator",
  description:
    "A fast less a slow simple average; which of the two lengths is given first does not matter. A bar without a value " +
    "starts both windows anew.",
  source: "TA-Lib 0.6 APO with simple averages, to the bit",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "fast", type: "bars", minimum: 2, default: 12 },
    { name: "slow", type: "bars", minimum: 2, default: 26 },
  ],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([fast, slow]) => Math.max(fast, slow) - 1,
  lookback: () => 0,
  start: ([fast, slow]) => ({
    fastMean: startMean(Math.min(fast, slow)),
    slowMean: startMean(Math.max(fast, slow)),
  }),
  advance({ fastMean, slowMean }, _parameters, [source], [out], from, to) {
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value !== value) {
        fastMean.fill(0);
        slowMean.fill(0);
        out[i] = NaN;
        continue;
      }
      // Each is NaN until its window is full.
      out[i] = addToMean(fastMean, value) - addToMean(slowMean, value);
    }
  },
  examples: [
    { parameters: [2, 3], inputs: { source: [1, 2, 6, 4] }, outputs: { value: [null, null, 1, 1] } },
    {
      parameters: [3, 2],
      inputs: { source: [1, 2, null, 1, 2, 6] },
      outputs: { value: [null, null, null, null, null, 1] },
    },
  ],
});
