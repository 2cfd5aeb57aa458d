import { defineIndicator, length } from "../indicator.js";

// The mirror of highest.ts, written out: a comparison passed to one shared loop would cost every bar a call.
export const lowest = defineIndicator({
  name: "lowest",
  summary: "Lowest value",
  description: "The smallest of the last `length` values. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 MIN",
  names: { talib: "MIN" },
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  // `age` is how many bars ago the best value was seen: only when it leaves the window is the window searched.
  start: () => ({ seen: 0, best: NaN, age: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen, best, age } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value !== value) {
        seen = 0;
        out[i] = NaN;
        continue;
      }
      seen++;
      age++;
      if (seen === 1 || value <= best) {
        best = value;
        age = 0;
      } else if (age >= length) {
        best = value;
        age = 0;
        for (let k = 1; k < length; k++) {
          if (source[i - k] < best) {
            best = source[i - k];
            age = k;
          }
        }
      }
      out[i] = seen < length ? NaN : best;
    }
    state.seen = seen;
    state.best = best;
    state.age = age;
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
