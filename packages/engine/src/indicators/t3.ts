import { defineIndicator, length } from "../indicator.js";

export const t3 = defineIndicator({
  name: "t3",
  summary: "Tillson's T3 moving average",
  description:
    "Six exponential averages, each of the one before and seeded with the mean of its first `length` values, combined " +
    "so that the lag of some makes up for that of others; `factor` (0 to 1) says how much. A bar without a value has no " +
    "average and leaves the next one as it was.",
  source: "Tillson, Smoothing Techniques for More Accurate Signals (1998); TA-Lib 0.6 T3, to the bit",
  formula: "c1 × e6 + c2 × e5 + c3 × e4 + c4 × e3, of nested exponential averages e1 … e6",
  memory: "endless",
  seeding: "Each average is seeded with the mean of its first `length` values.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 5 }), { name: "factor", type: "number", minimum: 0, default: 0.7 }],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => 6 * (length - 1),
  lookback: () => 0,
  start: () => ({ seen: 0, averages: new Float64Array(6) }),
  advance(state, [length, factor], [source], [out], from, to) {
    const weight = 2 / (length + 1);
    const rest = 1 - weight;
    const square = factor * factor;
    const sixth = -(square * factor);
    const fifth = 3 * (square - sixth);
    const fourth = -6 * square - 3 * (factor - sixth);
    const third = 1 + 3 * factor - sixth + 3 * square;
    const complete = 6 * (length - 1) + 1;
    const { averages } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      let value = source[i];
      out[i] = NaN;
      if (value !== value) continue;
      if (seen <= complete) seen++;
      let level = 0;
      // An average that is still being seeded holds the sum; those after it have nothing to see yet.
      for (let own = seen; level < 6; level++, own -= length - 1) {
        if (own > length) averages[level] = weight * value + rest * averages[level];
        else averages[level] += value;
        if (own < length) break;
        if (own === length) averages[level] /= length;
        value = averages[level];
      }
      if (level < 6) continue;
      out[i] = sixth * averages[5] + fifth * averages[4] + fourth * averages[3] + third * averages[2];
    }
    state.seen = seen;
  },
  examples: [
    // A step of 9 moves the six averages by 6, 4, 8/3, 16/9, 32/27 and 64/81; a factor of 0 leaves the third alone.
    {
      parameters: [2, 0],
      inputs: { source: [3, 3, 3, 3, 3, 3, 3, null, 12] },
      outputs: { value: [null, null, null, null, null, null, 3, null, 17 / 3] },
    },
    {
      parameters: [2, 1],
      inputs: { source: [3, 3, 3, 3, 3, 3, 3, 12] },
      outputs: { value: [null, null, null, null, null, null, 3, 755 / 81] },
    },
  ],
});
