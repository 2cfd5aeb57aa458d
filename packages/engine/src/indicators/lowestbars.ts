import { defineIndicator, length } from "../indicator.js";

export const lowestbars = defineIndicator({
  name: "lowestbars",
  summary: "Bars since the lowest value",
  description:
    "Where the smallest of the last `length` values lies, as an offset: 0 for this bar, -1 for the one before it, and so " +
    "on; of equal ones the newest counts. `minindex` counts from where the history starts. A bar without a value starts the " +
    "window anew.",
  source: "Pine v6 ta.lowestbars",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "bars" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, age: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen, age } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value !== value) {
        seen = 0;
        out[i] = NaN;
        continue;
      }
      seen++;
      age++;
      if (seen === 1) age = 0;
      else if (age >= length) {
        // The one known has left the window; only then is the window searched.
        age = 0;
        for (let k = 1; k < length; k++) if (source[i - k] < source[i - age]) age = k;
      } else if (value <= source[i - age]) age = 0;
      // Not `-age`, which is -0 for this bar.
      out[i] = seen < length ? NaN : 0 - age;
    }
    state.seen = seen;
    state.age = age;
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
