import { defineIndicator, length } from "../indicator.js";
import { slideHighest, slideLowest, startSliding } from "../sliding.js";

export const midpoint = defineIndicator({
  name: "midpoint",
  summary: "Midpoint of a series",
  description:
    "The middle between the largest and the smallest of the last `length` values. A bar without a value starts the " +
    "window anew.",
  source: "TA-Lib 0.6 MIDPOINT, to the bit",
  formula: "(max + min of the window) / 2",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 14 })],
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
      if (seen >= length) out[i] = (high + low) / 2;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, 0, null, 4, 4, 8] },
      outputs: { value: [null, null, 3, 2, 1.5, null, null, null, 6] },
    },
  ],
});
