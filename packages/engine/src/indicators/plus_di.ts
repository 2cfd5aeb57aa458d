import { upwardMovement, trueRange, wilderTotal } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const plus_di = defineIndicator({
  name: "plus_di",
  summary: "Plus directional indicator",
  description:
    "Directional movement (`plus_dm`) as a percentage of the true range, both as Wilder's running totals; 0 where " +
    "there was no range. At length 1 it is a percentage too, where TA-Lib answers with a fraction. A bar without a " +
    "value is passed over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 PLUS_DI, to the bit",
  formula: "100 × plus_dm / Wilder's total of the true range",
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
      const movement = upwardMovement(high, low, i);
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
      // Movements 2, 1, 0 total 2, 2, 1; ranges 3, 2, 2 total 3, 3.5, 3.75.
      parameters: [2],
      inputs: { high: [10, 12, 13, 11], low: [8, 10, 12, 10], close: [9, 11, 12, 10] },
      outputs: { value: [null, null, 200 / 3.5, 100 / 3.75] },
    },
    { parameters: [1], inputs: { high: [5, 5], low: [5, 5], close: [5, 5] }, outputs: { value: [null, 0] } },
  ],
});
