import { accumulated } from "../accumulation.js";
import { defineIndicator } from "../indicator.js";

export const ad = defineIndicator({
  name: "ad",
  summary: "Accumulation/distribution line",
  description:
    "A running total of volume, each bar's weighed from -1 (closed at its low) to 1 (closed at its high). A bar " +
    "without a range adds nothing, and one without a value is passed over.",
  source: "Chaikin's accumulation/distribution line; TA-Lib 0.6 AD, to the bit",
  formula: "value[1] + volume × ((close − low) − (high − close)) / (high − low)",
  memory: "endless",
  seeding: "The line begins with the first bar.",
  gaps: "skip",
  cost: "constant",
  names: { pine: "accdist" },
  fields: ["high", "low", "close", "volume"],
  outputs: [{ name: "value", type: "quantity" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ total: 0 }),
  advance(state, _parameters, [high, low, close, volume], [out], from, to) {
    let { total } = state;
    for (let i = from; i < to; i++) {
      const part = accumulated(high[i], low[i], close[i], volume[i]);
      if (part === part) total += part;
      out[i] = part === part ? total : NaN;
    }
    state.total = total;
  },
  examples: [
    {
      parameters: [],
      inputs: {
        high: [12, 12, 14, null, 9],
        low: [8, 8, 10, 8, 9],
        close: [11, 8, 14, 9, 9],
        volume: [10, 4, 6, 5, 7],
      },
      outputs: { value: [5, 1, 7, null, 7] },
    },
  ],
});
