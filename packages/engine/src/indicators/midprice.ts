import { defineIndicator, length } from "../indicator.js";
import { slideHighest, slideLowest, startSliding } from "../sliding.js";

export const midprice = defineIndicator({
  name: "midprice",
  summary: "Midpoint of the price range",
  description:
    "The middle between the highest high and the lowest low of the last `length` bars. A bar without one of the two " +
    "starts the window anew.",
  source: "TA-Lib 0.6 MIDPRICE, to the bit",
  formula: "(highest high + lowest low) / 2",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low"],
  parameters: [length({ default: 14 })],
  outputs: [{ name: "value", type: "price" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ seen: 0, highest: startSliding(length), lowest: startSliding(length) }),
  advance(state, [length], [high, low], [out], from, to) {
    const { highest, lowest } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i]) {
        seen = highest.at = lowest.at = 0;
        continue;
      }
      seen++;
      const top = slideHighest(highest, high[i]);
      const bottom = slideLowest(lowest, low[i]);
      if (seen >= length) out[i] = (top + bottom) / 2;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [10, 12, 13, null, 9, 8], low: [8, 10, 11, 9, 7, 4] },
      outputs: { value: [null, 10, 11.5, null, null, 6.5] },
    },
  ],
});
