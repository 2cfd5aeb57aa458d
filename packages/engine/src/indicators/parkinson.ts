import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { sma } from "./sma.js";

export const parkinson = defineIndicator({
  name: "parkinson",
  summary: "Parkinson volatility",
  description:
    "The volatility of a bar, as a standard deviation of logarithmic returns, from the ranges of the last `length` bars. Knows no gaps between bars, and is not annualised.",
  source: "Parkinson (1980)",
  formula: "√ (sma(ln(high / low)²) / (4 ln 2))",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low"],
  parameters: [length({ default: 20 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ mean: startThrough(sma, [length]) }),
  advance(state, [length], [high, low], [out], from, to) {
    const mean = through(state.mean, sma, [length]);
    for (let i = from; i < to; i++) {
      const variance = mean(Math.log(high[i] / low[i]) ** 2 / (4 * Math.LN2));
      // Rounding can leave a running sum of squares just below zero.
      out[i] = Math.sqrt(variance < 0 ? 0 : variance);
    }
  },
  examples: [
    {
      parameters: [1],
      inputs: { high: [2, 4], low: [1, 1] },
      outputs: { value: [Math.sqrt(Math.LN2) / 2, Math.sqrt(Math.LN2)] },
    },
  ],
});
