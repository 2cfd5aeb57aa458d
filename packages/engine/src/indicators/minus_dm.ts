import { downwardMovement, wilderTotal } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const minus_dm = defineIndicator({
  name: "minus_dm",
  summary: "Minus directional movement",
  description:
    "Wilder's running total of how far lows fell below the low before, counted on bars where that is more than the high rose. It is a " +
    "total over about `length` bars and not a mean; at length 1 it is the bar's own movement. A bar without a value " +
    "is passed over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 MINUS_DM, to the bit",
  formula:
    "value[1] − value[1] / length + (low[1] − low where that is above 0 and above high − high[1], else 0)",
  memory: "endless",
  seeding: "The sum of the first `length` − 1 values.",
  gaps: gapsOfChanges,
  cost: "constant",
  fields: ["high", "low"],
  parameters: [length({ default: 14 })],
  outputs: [{ name: "value", type: "price", isDistance: true }],
  warmup: ([length]) => Math.max(1, length - 1),
  lookback: () => 1,
  start: () => ({ seen: 0, total: 0 }),
  advance(state, [length], [high, low], [out], from, to) {
    let { seen, total } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const movement = downwardMovement(high, low, i);
      if (movement !== movement) continue;
      total = wilderTotal(total, movement, seen, length);
      if (seen < length) seen++;
      if (seen >= length - 1) out[i] = total;
    }
    state.seen = seen;
    state.total = total;
  },
  examples: [
    {
      // Movements of 0, 1 and 2; the total halves before each but the first.
      parameters: [2],
      inputs: { high: [10, 12, 12, 11], low: [8, 10, 9, 7] },
      outputs: { value: [null, 0, 1, 2.5] },
    },
  ],
});
