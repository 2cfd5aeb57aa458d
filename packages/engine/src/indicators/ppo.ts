import { defineIndicator } from "../indicator.js";
import { addToMean, startMean } from "../rolling-mean.js";

/** Nearer to 0 than this, TA-Lib does not divide. */
const tooSmall = 1e-14;

export const ppo = defineIndicator({
  name: "ppo",
  summary: "Percentage price oscillator",
  description:
    "A fast less a slow simple average, in percent of the slow one; 0 where the slow one is 0. Which of the two lengths " +
    "is given first does not matter. A bar without a value starts both windows anew.",
  source: "TA-Lib 0.6 PPO with simple averages, to the bit",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "fast", type: "bars", minimum: 2, default: 12 },
    { name: "slow", type: "bars", minimum: 2, default: 26 },
  ],
  outputs: [{ name: "value", type: "ratio" }],
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
      const fast = addToMean(fastMean, value);
      const slow = addToMean(slowMean, value);
      out[i] = Math.abs(slow) < tooSmall ? 0 : ((fast - slow) / slow) * 100;
    }
  },
  examples: [
    // Of 4 to 3, and of 5 to 4.
    {
      parameters: [2, 3],
      inputs: { source: [1, 2, 6, 4] },
      outputs: { value: [null, null, 100 / 3, 25] },
    },
    {
      parameters: [3, 2],
      inputs: { source: [0, 0, 0, null, 4] },
      outputs: { value: [null, null, 0, null, null] },
    },
  ],
});
