import { defineIndicator } from "../indicator.js";
import { averageWarmup, kind, simple, startSmoothing, streaming } from "../moving-average.js";
import { negligible } from "../negligible.js";
import { addToMean, clearMean } from "../rolling-mean.js";

/** How far apart, in percent of the slow one; next to nothing is not divided by. */
const percentage = (fast: number, slow: number): number =>
  Math.abs(slow) < negligible ? 0 : ((fast - slow) / slow) * 100;

export const ppo = defineIndicator({
  name: "ppo",
  summary: "Percentage price oscillator",
  description:
    "A fast less a slow average, in percent of the slow one; 0 where the slow one is 0. They are simple unless `ma` " +
    "says otherwise. Which of the two lengths is given first does not matter. A bar without a value does to both what " +
    "it does to an average of that kind.",
  source: "TA-Lib 0.6 PPO, to the bit",
  formula: "100 × (average(source, fast) − average(source, slow)) / average(source, slow)",
  gaps: { described: "It does to each average what it does to one of that kind." },
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "fast", type: "bars", minimum: 2, default: 12 },
    { name: "slow", type: "bars", minimum: 2, default: 26 },
    kind(),
  ],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([fast, slow, ma]) => averageWarmup(ma, Math.max(fast, slow)),
  lookback: () => 0,
  start: ([fast, slow, ma]) => ({
    fast: startSmoothing(ma, Math.min(fast, slow)),
    slow: startSmoothing(ma, Math.max(fast, slow)),
  }),
  advance({ fast, slow }, [first, second, ma], [source], [out], from, to) {
    if (ma !== simple) {
      const fastOf = streaming(fast.stream, ma, Math.min(first, second));
      const slowOf = streaming(slow.stream, ma, Math.max(first, second));
      for (let i = from; i < to; i++) out[i] = percentage(fastOf(source[i]), slowOf(source[i]));
      return;
    }
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value !== value) {
        clearMean(fast.mean);
        clearMean(slow.mean);
        out[i] = NaN;
        continue;
      }
      // Each is NaN until its window is full.
      out[i] = percentage(addToMean(fast.mean, value), addToMean(slow.mean, value));
    }
  },
  examples: [
    // Exponential averages of 1.5, 4.5, 6.5 and of 3, 5.25.
    {
      parameters: [2, 3, 1],
      inputs: { source: [1, 2, 6, 7.5] },
      outputs: { value: [null, null, 50, 100 * (1.25 / 5.25)] },
    },
    // Of 4 to 3, and of 5 to 4.
    {
      parameters: [2, 3, 0],
      inputs: { source: [1, 2, 6, 4] },
      outputs: { value: [null, null, 100 / 3, 25] },
    },
    {
      parameters: [3, 2, 0],
      inputs: { source: [0, 0, 0, null, 4] },
      outputs: { value: [null, null, 0, null, null] },
    },
  ],
});
