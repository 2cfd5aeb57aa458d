import { defineIndicator, length } from "../indicator.js";

export const minindex = defineIndicator({
  name: "minindex",
  summary: "Index of the lowest value",
  description:
    "Which bar, counted from 0 on the first bar of the history, has the smallest of the last `length` values; how many bars " +
    "ago it was is `lowestbars`. Of equal ones it is the newest, but the oldest in the first window and in one that the " +
    "extreme before has just left. A bar without a value starts the window anew, but is counted.",
  source: "TA-Lib 0.6 MININDEX, exact",
  formula: "the bar of min(source … source[length − 1])",
  gaps: { described: "It starts the window anew, but is counted." },
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30, minimum: 2 })],
  outputs: [{ name: "value", type: "bars" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  // The number of the next bar, and how many bars ago the extreme was seen.
  start: () => ({ bar: 0, seen: 0, age: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { bar, seen, age } = state;
    for (let i = from; i < to; i++, bar++) {
      const value = source[i];
      out[i] = NaN;
      seen = value === value ? seen + 1 : 0;
      if (seen < length) continue;
      if (seen === length || ++age >= length) {
        age = length - 1;
        for (let k = length - 2; k >= 0; k--) if (source[i - k] < source[i - age]) age = k;
      } else if (value <= source[i - age]) age = 0;
      out[i] = bar - age;
    }
    state.bar = bar;
    state.seen = seen;
    state.age = age;
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [-5, -1, -2, -3, 0, 0, 0] },
      outputs: { value: [null, null, 0, 3, 3, 3, 4] },
    },
    {
      parameters: [3],
      inputs: { source: [-1, -2, -2, -2, null, 5, 5, 5] },
      outputs: { value: [null, null, 1, 3, null, null, null, 5] },
    },
  ],
});
