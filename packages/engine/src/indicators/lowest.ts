import { defineIndicator, length } from "../indicator.js";
import { slideLowest, startSliding } from "../sliding.js";

export const lowest = defineIndicator({
  name: "lowest",
  summary: "Lowest value",
  description: "The smallest of the last `length` values. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 MIN",
  formula: "min(source … source[length − 1])",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  names: { talib: "MIN" },
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ seen: 0, window: startSliding(length) }),
  advance(state, [length], [source], [out], from, to) {
    const { window } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (source[i] !== source[i]) {
        seen = window.at = 0;
        continue;
      }
      seen++;
      const best = slideLowest(window, source[i]);
      if (seen >= length) out[i] = best;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [1, 5, 4, 3, 6, 6, 6] },
      outputs: { value: [null, null, 1, 3, 3, 3, 6] },
    },
    { parameters: [2], inputs: { source: [1, 3, null, 5, 7] }, outputs: { value: [null, 1, null, null, 5] } },
  ],
});
