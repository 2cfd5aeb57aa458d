import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { sma } from "./sma.js";

export const rogers_satchell = defineIndicator({
  name: "rogers_satchell",
  summary: "Rogers-Satchell volatility",
  description:
    "The volatility of a bar, as a standard deviation of logarithmic returns, from the four prices of the last `length` bars, whatever their drift. Knows no gaps between bars, and is not annualised.",
  source: "Rogers and Satchell (1991)",
  formula: "√ sma(ln(high / close) ln(high / open) + ln(low / close) ln(low / open))",
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
      const above = Math.log(high[i] / close[i]) * Math.log(high[i] / open[i]);
      const below = Math.log(low[i] / close[i]) * Math.log(low[i] / open[i]);
      const variance = mean(above + below);
      // Rounding can leave a running sum of squares just below zero.
      out[i] = Math.sqrt(variance < 0 ? 0 : variance);
    }
  },
  examples: [
    {
      parameters: [1],
      inputs: { open: [1], high: [2], low: [1], close: [1] },
      outputs: { value: [Math.LN2] },
    },
  ],
});
