import { advanceDirectionalIndex, startDirectional } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const dx = defineIndicator({
  name: "dx",
  summary: "Directional movement index",
  description:
    "The difference of the two directional indicators (`plus_di`, `minus_di`) as a percentage of their sum: 0 where " +
    "they balance or nothing has moved, 100 where all movement went one way. A bar without a value is passed over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 DX, but for the last bits",
  formula: "100 × |plus_di − minus_di| / (plus_di + minus_di)",
  memory: "endless",
  seeding: "As `plus_di`.",
  gaps: gapsOfChanges,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: startDirectional,
  advance(state, [length], bars, [out], from, to) {
    advanceDirectionalIndex(state, length, bars, out, from, to);
  },
  examples: [
    {
      // Upward movements 2, 0, 0 total 2, 1, 0.5; downward 0, 3, 0 total 0, 3, 1.5.
      parameters: [2],
      inputs: { high: [10, 12, 11, 10], low: [8, 10, 7, 8], close: [9, 11, 9, 9] },
      outputs: { value: [null, null, 50, 50] },
    },
    {
      parameters: [2],
      inputs: { high: [5, 5, 5], low: [5, 5, 5], close: [5, 5, 5] },
      outputs: { value: [null, null, 0] },
    },
  ],
});
