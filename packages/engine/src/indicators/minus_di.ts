import { downwardMovement, trueRange, wilderTotal } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const minus_di = defineIndicator({
  name: "minus_di",
  summary: "Minus directional indicator",
  description:
    "Directional movement (`minus_dm`) as a percentage of the true range, both as Wilder's running totals; 0 where " +
    "there was no range. At length 1 it is a percentage too, where TA-Lib answers with a fraction. A bar without a " +
    "value is passed over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 MINUS_DI, to the bit",
  formula: "100 × minus_dm / Wilder's total of the true range",
  memory: "endless",
  seeding: "The sum of the first `length` − 1 values.",
  gaps: gapsOfChanges,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: () => ({ seen: 0, total: 0, range: 0 }),
  advance(state, [length], [high, low, close], [out], from, to) {
    let { seen, total, range } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const movement = downwardMovement(high, low, i);
      const width = trueRange(high, low, close, i);
      if (movement + width !== movement + width) continue;
      total = wilderTotal(total, movement, seen, length);
      range = wilderTotal(range, width, seen, length);
      if (seen < length) seen++;
      if (seen === length) out[i] = range === 0 ? 0 : 100 * (total / range);
    }
    state.seen = seen;
    state.total = total;
    state.range = range;
  },
  examples: [
    {
      // Movements 0, 1, 2 total 0, 1, 2.5; ranges 3, 3, 4 total 3, 4.5, 6.25.
      parameters: [2],
      inputs: { high: [10, 12, 12, 11], low: [8, 10, 9, 7], close: [9, 11, 10, 8] },
      outputs: { value: [null, null, 100 / 4.5, 40] },
    },
    { parameters: [1], inputs: { high: [5, 5], low: [5, 5], close: [5, 5] }, outputs: { value: [null, 0] } },
  ],
});
