import { defineIndicator, length } from "../indicator.js";
import { addPair, noMoments, startPairMoments } from "../pair-moments.js";

export const realised_volatility = defineIndicator({
  name: "realised_volatility",
  summary: "Realised volatility",
  description:
    "The standard deviation of the last `length` logarithmic returns, as of a sample. Not annualised: times the root of " +
    "the bars of a year it is.",
  source: "Hull, Options, Futures and Other Derivatives, historical volatility",
  formula: "√ (Σ (r − mean(r))² / (length − 1)); r = ln(x / x[1])",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 20, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: ([length]) => ({ sums: startPairMoments(length) }),
  advance(state, [length], [source], [out], from, to) {
    const moments = noMoments();
    for (let i = from; i < to; i++) {
      const isFull = addPair(state.sums, 0, Math.log(source[i] / source[i - 1]), moments);
      out[i] = isFull ? Math.sqrt((moments.yy * length) / (length - 1)) : NaN;
    }
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [1, 1, 2, 4] },
      outputs: { value: [null, null, Math.LN2 * Math.SQRT1_2, 0] },
    },
  ],
});
