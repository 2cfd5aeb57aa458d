import { defineIndicator, length } from "../indicator.js";
import { slideHighest, slideLowest, startSliding } from "../sliding.js";

export const minmax = defineIndicator({
  name: "minmax",
  summary: "Lowest and highest value",
  description:
    "The smallest (`min`) and the largest (`max`) of the last `length` values. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 MINMAX, to the bit",
  formula: "min and max of source … source[length − 1]",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [
    { name: "min", type: "same" },
    { name: "max", type: "same" },
  ],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ seen: 0, highest: startSliding(length), lowest: startSliding(length) }),
  advance(state, [length], [source], [min, max], from, to) {
    const { highest, lowest } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      min[i] = max[i] = NaN;
      if (source[i] !== source[i]) {
        seen = highest.at = lowest.at = 0;
        continue;
      }
      seen++;
      const low = slideLowest(lowest, source[i]);
      const high = slideHighest(highest, source[i]);
      if (seen < length) continue;
      min[i] = low;
      max[i] = high;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, 0, 0, 0] },
      outputs: { min: [null, null, 1, 1, 0, 0, 0], max: [null, null, 5, 3, 3, 3, 0] },
    },
    {
      parameters: [2],
      inputs: { source: [1, 3, null, 5, 7] },
      outputs: { min: [null, 1, null, null, 5], max: [null, 3, null, null, 7] },
    },
  ],
});
