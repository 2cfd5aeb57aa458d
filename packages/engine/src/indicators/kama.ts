import { defineIndicator, length } from "../indicator.js";
import { barsBetweenRebuilds } from "../rebuild.js";

/** Weights of exponential averages over 30 bars (no trend) and over 2 (nothing but trend). */
const slowest = 2 / 31;
const span = 2 / 3 - slowest;
/** What rounding can leave of a path of no length. */
const nothing = 1e-14;

export const kama = defineIndicator({
  name: "kama",
  summary: "Kaufman's adaptive moving average",
  description:
    "An exponential average that follows fast where the last `length` changes went one way and slowly where they " +
    "cancelled out. It starts from the value before its first bar; a bar without a value starts it anew.",
  source: "Kaufman, Smarter Trading (1995); TA-Lib 0.6 KAMA, to the bit",
  formula:
    "value[1] + c × (source − value[1]); c = (efficiency × (2/3 − 2/31) + 2/31)²; efficiency = |source − source[length]| / Σ |source − source[1]|",
  memory: "endless",
  seeding: "The value before its first bar.",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30, minimum: 2 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  // `path` is how far the value has travelled within the window.
  start: () => ({ seen: 0, path: 0, average: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen, path, average } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      out[i] = NaN;
      if (value !== value) {
        seen = 0;
        path = 0;
        continue;
      }
      seen++;
      if (seen === 1) continue;
      path += Math.abs(value - source[i - 1]);
      if (seen <= length) continue;
      if (seen === length + 1) average = source[i - 1];
      const change = value - source[i - length];
      // TA-Lib compares the signed change here; a fall as straight as can be gives 1 by the division.
      const efficiency = path <= change || Math.abs(path) < nothing ? 1 : Math.abs(change / path);
      const root = efficiency * span + slowest;
      average = (value - average) * (root * root) + average;
      out[i] = average;
      path -= Math.abs(source[i - length] - source[i - length + 1]);
      if (seen % barsBetweenRebuilds === 0) {
        path = 0;
        for (let k = i - length + 2; k <= i; k++) path += Math.abs(source[k] - source[k - 1]);
      }
    }
    state.seen = seen;
    state.path = path;
    state.average = average;
  },
  examples: [
    // One way: 4/9 of the distance to the value. There and back: 4/961 of it.
    {
      parameters: [2],
      inputs: { source: [1, 10, 19, 10] },
      outputs: { value: [null, null, 14, 14 - (4 * 4) / 961] },
    },
  ],
});
