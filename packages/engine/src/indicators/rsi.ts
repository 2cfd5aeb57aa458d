import { advanceGains, startGains } from "../gains.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const rsi = defineIndicator({
  name: "rsi",
  summary: "Relative strength index",
  description:
    "Wilder's average gain as a share of average gain plus average loss, from 0 to 100; 0 where the value has not " +
    "moved at all.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 RSI, but for the last bits",
  formula: "100 × gain / (gain + loss); gain and loss are Wilder's averages of rises and falls",
  memory: "endless",
  seeding: "Both averages are seeded with the mean of their first `length` values.",
  gaps: gapsOfChanges,
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: startGains,
  advance(state, [length], [source], [out], from, to) {
    advanceGains(state, length, 0, source, out, from, to);
  },
  examples: [
    { parameters: [2], inputs: { source: [1, 2, 1, 4] }, outputs: { value: [null, null, 50, 87.5] } },
    { parameters: [2], inputs: { source: [5, 5, 5] }, outputs: { value: [null, null, 0] } },
  ],
});
