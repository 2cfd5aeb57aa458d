import { advanceGains, startGains } from "../gains.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const cmo = defineIndicator({
  name: "cmo",
  summary: "Chande momentum oscillator",
  description:
    "Average gain less average loss, in percent of their sum, from -100 to 100; 0 where the value has not moved at " +
    "all. The averages are Wilder's, as in `rsi`, where Chande took plain sums over the window.",
  source: "Chande and Kroll, The New Technical Trader (1994); TA-Lib 0.6 CMO, but for the last bits",
  formula: "100 × (gain − loss) / (gain + loss); gain and loss are Wilder's averages of rises and falls",
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
    advanceGains(state, length, 1, source, out, from, to);
  },
  examples: [
    { parameters: [2], inputs: { source: [1, 2, 1, 4] }, outputs: { value: [null, null, 0, 75] } },
    { parameters: [2], inputs: { source: [5, 5, 5] }, outputs: { value: [null, null, 0] } },
  ],
});
