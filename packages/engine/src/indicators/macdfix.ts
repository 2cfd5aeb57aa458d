import { advanceConvergence, startConvergence } from "../convergence.js";
import { defineIndicator } from "../indicator.js";

/* Appel's own lengths, with the weights that he rounded: 2 / 13 and 2 / 27 would be those of `macd(12, 26)`. */
const appel = { fast: 12, slow: 26, fastWeight: 0.15, slowWeight: 0.075 } as const;

export const macdfix = defineIndicator({
  name: "macdfix",
  summary: "Moving average convergence/divergence 12/26",
  description:
    "As `macd`, with the two averages fixed: over 12 and 26 bars, and with the rounded weights of 0.15 and 0.075. A bar " +
    "without a value has none here either and leaves the averages as they were.",
  source:
    "Appel, The Moving Average Convergence Divergence Trading Method (1979); TA-Lib 0.6 MACDFIX, to the bit",
  formula: "macd = ema(source, 12) − ema(source, 26); signal = ema(macd, smooth); histogram = macd − signal",
  memory: "endless",
  seeding: "As `macd`.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [{ name: "smooth", type: "bars", minimum: 1, default: 9 }],
  outputs: [
    { name: "macd", type: "same", isDistance: true },
    { name: "signal", type: "same", isDistance: true },
    { name: "histogram", type: "same", isDistance: true },
  ],
  warmup: ([smooth]) => appel.slow + smooth - 2,
  lookback: () => 0,
  start: () => startConvergence(appel.fastWeight, appel.slowWeight),
  advance(state, [smooth], [source], outputs, from, to) {
    advanceConvergence(state, appel.fast, appel.slow, smooth, source, outputs, from, to);
  },
  examples: [
    // From 0, one bar of 40 moves the fast average by 6 and the slow one by 3.
    {
      parameters: [1],
      inputs: { source: [...Array<number>(26).fill(0), 40] },
      outputs: {
        macd: [...Array<null>(25).fill(null), 0, 3],
        signal: [...Array<null>(25).fill(null), 0, 3],
        histogram: [...Array<null>(25).fill(null), 0, 0],
      },
    },
  ],
});
