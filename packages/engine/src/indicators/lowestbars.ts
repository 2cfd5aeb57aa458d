import { defineIndicator, length } from "../indicator.js";
import { slideAgeOfLowest, startSlidingAge } from "../sliding-age.js";

export const lowestbars = defineIndicator({
  name: "lowestbars",
  summary: "Bars since the lowest value",
  description:
    "Where the smallest of the last `length` values lies, as an offset: 0 for this bar, -1 for the one before it, and so " +
    "on; of equal ones the newest counts. `minindex` counts from where the history starts. A bar without a value starts the " +
    "window anew.",
  source: "Pine v6 ta.lowestbars",
  formula: "the age of min(source … source[length − 1])",
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
      const age = slideAgeOfLowest(window, source[i]);
      // Not `-age`, which is -0 for this bar.
      if (seen >= length) out[i] = 0 - age;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [1, 5, 4, 3, 6, 6, 6] },
      outputs: { value: [null, null, -2, 0, -1, -2, 0] },
    },
    {
      parameters: [2],
      inputs: { source: [1, 3, null, 7, 5] },
      outputs: { value: [null, -1, null, null, 0] },
    },
  ],
});
