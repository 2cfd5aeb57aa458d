import { defineIndicator, length } from "../indicator.js";
import { addPair, noMoments, startPairMoments } from "../pair-moments.js";
import { startThrough, through } from "../through.js";
import { sma } from "./sma.js";

export const yang_zhang = defineIndicator({
  name: "yang_zhang",
  summary: "Yang-Zhang volatility",
  description:
    "The volatility from close to close, as a standard deviation of logarithmic returns, from the four prices of the last " +
    "`length` bars and the gaps before them, whatever their drift. Not annualised. The first bar has no gap.",
  source: "Yang and Zhang (2000)",
  formula:
    "√ (var(ln(open / close[1])) + k var(ln(close / open)) + (1 − k) rogers_satchell²), var of a sample; k = 0.34 / (1.34 + (length + 1) / (length − 1))",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["open", "high", "low", "close"],
  parameters: [length({ default: 20, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: ([length]) => ({ pairs: startPairMoments(length), mean: startThrough(sma, [length]) }),
  advance(state, [length], [open, high, low, close], [out], from, to) {
    const weight = 0.34 / (1.34 + (length + 1) / (length - 1));
    const sample = length / (length - 1);
    const moments = noMoments();
    const mean = through(state.mean, sma, [length]);
    for (let i = from; i < to; i++) {
      const gap = Math.log(open[i] / close[i - 1]);
      const body = Math.log(close[i] / open[i]);
      const above = Math.log(high[i] / close[i]) * Math.log(high[i] / open[i]);
      const below = Math.log(low[i] / close[i]) * Math.log(low[i] / open[i]);
      const inside = mean(above + below);
      const isFull = addPair(state.pairs, gap, body, moments);
      const variance = sample * (moments.xx + weight * moments.yy) + (1 - weight) * inside;
      out[i] = !isFull || variance !== variance ? NaN : Math.sqrt(variance < 0 ? 0 : variance);
    }
  },
  examples: [
    // Gaps of 0 and ln 2, whose variance is half of its square; nothing inside the bars.
    {
      parameters: [2],
      inputs: { open: [1, 1, 2], high: [1, 1, 2], low: [1, 1, 2], close: [1, 1, 2] },
      outputs: { value: [null, null, Math.LN2 * Math.SQRT1_2] },
    },
  ],
});
