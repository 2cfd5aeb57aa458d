import { defineIndicator, length } from "../indicator.js";
import { slideHighest, slideLowest, startSliding } from "../sliding.js";

export const range = defineIndicator({
  name: "range",
  summary: "Range of a series",
  description:
    "The largest of the last `length` values less the smallest. A bar without a value starts the window anew.",
  source: "Pine v6 ta.range",
  formula: "max − min of the window",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ seen: 0, highest: startSliding(length), lowest: startSliding(length) }),
  advance(state, [length], [source], [out], from, to) {
    const { highest, lowest } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (source[i] !== source[i]) {
        seen = highest.at = lowest.at = 0;
        continue;
      }
      seen++;
      const high = slideHighest(highest, source[i]);
      const low = slideLowest(lowest, source[i]);
      if (seen >= length) out[i] = high - low;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, null, 4, 4, 8] },
      outputs: { value: [null, null, 4, 2, null, null, null, 4] },
    },
  ],
});
