import { defineIndicator } from "../indicator.js";

export const wad = defineIndicator({
  name: "wad",
  summary: "Williams accumulation/distribution",
  description:
    "A running total: on a bar that closes higher, how far the close is above the lower of its low and the previous close; " +
    "on one that closes lower, how far it is below the higher of its high and the previous close (taken away). 0 on the " +
    "first bar; a bar without a value is passed over.",
  source: "Williams; Pine v6 ta.wad",
  formula: "value[1] + close − min(low, close[1]) on a rise, + close − max(high, close[1]) on a fall",
  memory: "endless",
  seeding: "It begins at 0.",
  gaps: "skip",
  cost: "constant",
  fields: ["high", "low", "close"],
  outputs: [{ name: "value", type: "price", isDistance: true }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ total: 0, previous: NaN }),
  advance(state, _parameters, [high, low, close], [out], from, to) {
    let { total, previous } = state;
    for (let i = from; i < to; i++) {
      const value = close[i];
      const given = high[i] + low[i] + value;
      if (given !== given) {
        out[i] = NaN;
        continue;
      }
      if (value > previous) total += value - Math.min(low[i], previous);
      else if (value < previous) total += value - Math.max(high[i], previous);
      previous = value;
      out[i] = total;
    }
    state.total = total;
    state.previous = previous;
  },
  examples: [
    {
      parameters: [],
      inputs: { high: [11, 13, 13, null, 15], low: [9, 11, 10, 9, 8], close: [10, 12, 11, 12, 14] },
      outputs: { value: [0, 2, 0, null, 6] },
    },
  ],
});
