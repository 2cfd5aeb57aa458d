import { advanceConvergence, startConvergence } from "../convergence.js";
import { defineIndicator } from "../indicator.js";

export const macd = defineIndicator({
  name: "macd",
  summary: "Moving average convergence/divergence",
  description:
    "A fast less a slow exponential average (`macd`), its own exponential average (`signal`), and the difference " +
    "of the two (`histogram`). Both averages are seeded so that they end their seed on the same bar, and all three " +
    "outputs start together. A bar without a value has none here either and leaves the averages as they were.",
  source: "Appel, The Moving Average Convergence Divergence Trading Method (1979); TA-Lib 0.6 MACD",
  formula:
    "macd = ema(source, fast) − ema(source, slow); signal = ema(macd, smooth); histogram = macd − signal",
  memory: "endless",
  seeding: "Each average is seeded with the mean of its first values, the fast one as late as the slow one.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "fast", type: "bars", minimum: 2, default: 12 },
    { name: "slow", type: "bars", minimum: 2, default: 26 },
    { name: "smooth", type: "bars", minimum: 1, default: 9 },
  ],
  outputs: [
    { name: "macd", type: "same", isDistance: true },
    { name: "signal", type: "same", isDistance: true },
    { name: "histogram", type: "same", isDistance: true },
  ],
  warmup: ([fast, slow, smooth]) => Math.max(fast, slow) + smooth - 2,
  lookback: () => 0,
  start: ([fast, slow]) => startConvergence(2 / (Math.min(fast, slow) + 1), 2 / (Math.max(fast, slow) + 1)),
  advance(state, [first, second, smooth], [source], outputs, from, to) {
    const fast = Math.min(first, second);
    const slow = Math.max(first, second);
    advanceConvergence(state, fast, slow, smooth, source, outputs, from, to);
  },
  examples: [
    {
      parameters: [2, 3, 2],
      inputs: { source: [1, 2, 6, 4, 4] },
      outputs: {
        macd: [null, null, null, 0.5, 0.25],
        signal: [null, null, null, 0.75, 0.75 - 1 / 3],
        histogram: [null, null, null, -0.25, -0.5 + 1 / 3],
      },
    },
  ],
});
