import { defineIndicator } from "../indicator.js";

export const wvad = defineIndicator({
  name: "wvad",
  summary: "Williams variable accumulation/distribution",
  description:
    "The volume of a bar times the share of its range between open and close, negative where it closed lower; 0 where " +
    "there is no range. Of one bar, not a running total.",
  source: "Williams; Pine v6 ta.wvad",
  formula: "volume × (close − open) / (high − low)",
  memory: "window",
  gaps: "skip",
  cost: "constant",
  fields: ["open", "high", "low", "close", "volume"],
  outputs: [{ name: "value", type: "quantity" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_state, _parameters, [open, high, low, close, volume], [out], from, to) {
    for (let i = from; i < to; i++) {
      const body = (close[i] - open[i]) * volume[i];
      const range = high[i] - low[i];
      out[i] = range === 0 && body === body ? 0 : body / range;
    }
  },
  examples: [
    {
      parameters: [],
      inputs: {
        open: [9, 12, 9, 9],
        high: [12, 12, 12, 9],
        low: [8, 8, 8, 9],
        close: [11, 9, null, 9],
        volume: [8, 4, 1, 1],
      },
      outputs: { value: [4, -3, null, 0] },
    },
  ],
});
