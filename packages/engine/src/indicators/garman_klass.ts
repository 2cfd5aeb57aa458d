import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { sma } from "./sma.js";

export const garman_klass = defineIndicator({
  name: "garman_klass",
  summary: "Garman-Klass volatility",
  description:
    "The volatility of a bar, as a standard deviation of logarithmic returns, from range and body of the last `length` bars; 0 where bodies outweigh ranges. Knows no drift and no gaps between bars, and is not annualised.",
  source: "Garman and Klass (1980), in the practical form",
  formula: "√ sma(½ ln(high / low)² − (2 ln 2 − 1) ln(close / open)²)",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["open", "high", "low", "close"],
  parameters: [length({ default: 20 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ mean: startThrough(sma, [length]) }),
  advance(state, [length], [open, high, low, close], [out], from, to) {
    const mean = through(state.mean, sma, [length]);
    for (let i = from; i < to; i++) {
      const range = Math.log(high[i] / low[i]);
      const body = Math.log(close[i] / open[i]);
      const variance = mean(0.5 * range * range - (2 * Math.LN2 - 1) * body * body);
      // Rounding can leave a running sum of squares just below zero.
      out[i] = Math.sqrt(variance < 0 ? 0 : variance);
    }
  },
  examples: [
    {
      parameters: [1],
      inputs: { open: [1], high: [2], low: [1], close: [1] },
      outputs: { value: [Math.LN2 * Math.SQRT1_2] },
    },
  ],
});
