import { defineIndicator, length } from "../indicator.js";

export const midprice = defineIndicator({
  name: "midprice",
  summary: "Midpoint of the price range",
  description:
    "The middle between the highest high and the lowest low of the last `length` bars. A bar without one of the two " +
    "starts the window anew.",
  source: "TA-Lib 0.6 MIDPRICE, to the bit",
  fields: ["high", "low"],
  parameters: [length({ default: 14 })],
  outputs: [{ name: "value", type: "price" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0 }),
  advance(state, [length], [high, low], [out], from, to) {
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      let highest = high[i];
      let lowest = low[i];
      seen = highest === highest && lowest === lowest ? seen + 1 : 0;
      if (seen < length) continue;
      for (let k = i - length + 1; k < i; k++) {
        if (high[k] > highest) highest = high[k];
        if (low[k] < lowest) lowest = low[k];
      }
      out[i] = (highest + lowest) / 2;
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
