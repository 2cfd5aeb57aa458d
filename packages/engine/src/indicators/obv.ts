import { defineIndicator } from "../indicator.js";

export const obv = defineIndicator({
  name: "obv",
  summary: "On-balance volume",
  description:
    "A running total of volume, added on bars that close higher and taken away on bars that close lower; it begins " +
    "with the volume of the first bar. Its level depends on where history begins, only its changes mean something. " +
    "A bar without a value is passed over.",
  source: "Granville, New Key to Stock Market Profits (1963); TA-Lib 0.6 OBV, to the bit",
  formula: "value[1] ± volume, by the sign of close − close[1]",
  memory: "endless",
  seeding: "It begins with the volume of the first bar.",
  gaps: "skip",
  cost: "constant",
  fields: ["close", "volume"],
  outputs: [{ name: "value", type: "quantity" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ total: 0, previous: NaN }),
  advance(state, _parameters, [close, volume], [out], from, to) {
    let { total, previous } = state;
    for (let i = from; i < to; i++) {
      const value = close[i];
      const traded = volume[i];
      if (value !== value || traded !== traded) {
        out[i] = NaN;
        continue;
      }
      if (previous !== previous) total = traded;
      else if (value > previous) total += traded;
      else if (value < previous) total -= traded;
      previous = value;
      out[i] = total;
    }
    state.total = total;
    state.previous = previous;
  },
  examples: [
    {
      parameters: [],
      inputs: { close: [10, 11, 11, null, 9], volume: [5, 3, 7, 2, 4] },
      outputs: { value: [5, 8, 8, null, 4] },
    },
  ],
});
