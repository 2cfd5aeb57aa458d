import { defineIndicator, length } from "../indicator.js";
import { barsBetweenRebuilds } from "../rebuild.js";

export const trima = defineIndicator({
  name: "trima",
  summary: "Triangular moving average",
  description:
    "A mean of the last `length` values whose weights rise by one to the middle of the window and fall again: 1, 2, 3, " +
    "2, 1. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 TRIMA, to the bit (same order of additions)",
  formula: "the simple average of a simple average, each over half the window",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length,
  // `older` and `newer` are the plain sums of the two halves; the middle of an odd window belongs to the older one.
  start: () => ({ seen: 0, weighted: 0, older: 0, newer: 0 }),
  advance(state, [length], [source], [out], from, to) {
    const half = Math.floor(length / 2);
    const isOdd = length % 2 === 1;
    const factor = 1 / ((isOdd ? half + 1 : half) * (half + 1));
    let { seen, weighted, older, newer } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      out[i] = NaN;
      seen = value === value ? seen + 1 : 0;
      if (seen < length) continue;
      if (seen === length || seen % barsBetweenRebuilds === 0) {
        weighted = older = newer = 0;
        for (let k = i - half; k > i - length; k--) {
          older += source[k];
          weighted += older;
        }
        for (let k = i - half + 1; k <= i; k++) {
          newer += source[k];
          weighted += newer;
        }
      } else {
        const middle = source[i - half];
        weighted -= older;
        older -= source[i - length];
        older += middle;
        // The middle of an odd window has just gained weight with the newer half; that of an even one keeps its own.
        if (isOdd) weighted += newer;
        newer -= middle;
        if (!isOdd) weighted += newer;
        newer += value;
        weighted += value;
      }
      out[i] = weighted * factor;
    }
    state.seen = seen;
    state.weighted = weighted;
    state.older = older;
    state.newer = newer;
  },
  examples: [
    { parameters: [3], inputs: { source: [1, 2, 7, 4, 5] }, outputs: { value: [null, null, 3, 5, 5] } },
    {
      parameters: [4],
      inputs: { source: [1, 2, 3, 7, 1, null, 6, 6, 6, 6] },
      outputs: { value: [null, null, null, 3, 23 / 6, null, null, null, null, 6] },
    },
  ],
});
