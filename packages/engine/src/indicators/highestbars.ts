import { defineIndicator, length } from "../indicator.js";
import { slideAgeOfHighest, startSlidingAge } from "../sliding-age.js";

export const highestbars = defineIndicator({
  name: "highestbars",
  summary: "Bars since the highest value",
  description:
    "Where the largest of the last `length` values lies, as an offset: 0 for this bar, -1 for the one before it, and so " +
    "on; of equal ones the newest counts. `maxindex` counts from where the history starts. A bar without a value starts the " +
    "window anew.",
  source: "Pine v6 ta.highestbars",
  formula: "the age of max(source … source[length − 1])",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "bars" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ seen: 0, window: startSlidingAge(length) }),
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
      const age = slideAgeOfHighest(window, source[i]);
      // Not `-age`, which is -0 for this bar.
      if (seen >= length) out[i] = 0 - age;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, 0, 0, 0] },
      outputs: { value: [null, null, -2, 0, -1, -2, 0] },
    },
    {
      parameters: [2],
      inputs: { source: [3, 1, null, 5, 7] },
      outputs: { value: [null, -1, null, null, 0] },
    },
  ],
});
