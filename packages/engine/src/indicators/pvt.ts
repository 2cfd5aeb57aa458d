import { defineIndicator } from "../indicator.js";

export const pvt = defineIndicator({
  name: "pvt",
  summary: "Price-volume trend",
  description:
    "A running total of volume times the relative change of the close, 0 on the first bar. Its level depends on where " +
    "history begins, only its changes mean something. A bar without a value, or after a close of 0, is passed over.",
  source: "Pine v6 ta.pvt",
  formula: "value[1] + volume × (close − close[1]) / close[1]",
  memory: "endless",
  seeding: "It begins at 0.",
  gaps: "skip",
  cost: "constant",
  fields: ["close", "volume"],
  outputs: [{ name: "value", type: "quantity" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ total: 0, previous: 0 }),
  advance(state, _parameters, [close, volume], [out], from, to) {
    let { total, previous } = state;
    for (let i = from; i < to; i++) {
      const value = close[i];
      if (value + volume[i] !== value + volume[i]) {
        out[i] = NaN;
        continue;
      }
      if (previous !== 0) total += ((value - previous) / previous) * volume[i];
      previous = value;
      out[i] = total;
    }
    state.total = total;
    state.previous = previous;
  },
  examples: [
    {
      parameters: [],
      inputs: { close: [10, 12, 6, null, 9], volume: [5, 10, 4, 3, 2] },
      outputs: { value: [0, 2, 0, null, 1] },
    },
  ],
});
