import { defineIndicator, length } from "../indicator.js";

export const supertrend = defineIndicator({
  name: "supertrend",
  summary: "Supertrend",
  description:
    "A trailing line `factor` average true ranges away from the middle of the bar: below the market while `direction` is " +
    "−1 (up), above it while it is 1 (down). The line only moves towards the market, and the direction turns when a close " +
    "is beyond it; it begins as 1. The average is Wilder's, and the true range of a first bar is high less low. A bar " +
    "without a value is passed over.",
  source: "Olivier Seban; Pine v6 ta.supertrend, whose lower line begins no lower than 0",
  formula:
    "lower = (high + low) / 2 − factor × atr, never falling in an up trend; upper = (high + low) / 2 + factor × atr, never rising in a down trend",
  memory: "endless",
  seeding: "As `rma`, with high − low as the first true range.",
  gaps: "skip",
  isShiftBound: () => true,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [{ name: "factor", type: "number", minimum: 0, default: 3 }, length({ default: 10 })],
  outputs: [
    { name: "value", type: "price" },
    { name: "direction", type: "ratio" },
  ],
  warmup: ([, length]) => length - 1,
  lookback: () => 0,
  start: () => ({ seen: 0, average: 0, upper: 0, lower: 0, direction: 1, line: NaN, previous: NaN }),
  advance(state, [factor, length], [high, low, close], [value, direction], from, to) {
    const weight = 1 / length;
    for (let i = from; i < to; i++) {
      value[i] = direction[i] = NaN;
      const { seen, previous } = state;
      let range = high[i] - low[i];
      if (range + close[i] !== range + close[i]) continue;
      if (previous === previous)
        range = Math.max(range, Math.abs(high[i] - previous), Math.abs(low[i] - previous));
      state.previous = close[i];
      if (seen < length) {
        // Until the seed is complete, `average` holds the sum.
        state.average += range;
        state.seen++;
        if (state.seen < length) continue;
        state.average /= length;
      } else {
        state.average = weight * range + (1 - weight) * state.average;
      }
      const middle = (high[i] + low[i]) / 2;
      let upper = middle + factor * state.average;
      let lower = middle - factor * state.average;
      if (!(lower > state.lower || previous < state.lower)) lower = state.lower;
      if (!(upper < state.upper || previous > state.upper || seen === 0)) upper = state.upper;
      if (seen < length) state.direction = 1;
      else if (state.line === state.upper) state.direction = close[i] > upper ? -1 : 1;
      else state.direction = close[i] < lower ? 1 : -1;
      state.upper = upper;
      state.lower = lower;
      state.line = state.direction === -1 ? lower : upper;
      value[i] = state.line;
      direction[i] = state.direction;
    }
  },
  examples: [
    // Averages of one bar: 2, 2, 5, 2, 6. The upper line stays at 12 until a close of 15 is beyond it; the lower one stays
    // at 13 until a close of 10 is, and the upper one is then still at its 17 of the bar before.
    {
      parameters: [1, 1],
      inputs: { high: [11, 11, 15, 16, 16], low: [9, 9, 13, 14, 10], close: [10, 10, 15, 15, 10] },
      outputs: { value: [12, 12, 9, 13, 17], direction: [1, 1, -1, -1, 1] },
    },
  ],
});
