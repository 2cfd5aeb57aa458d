import { defineIndicator, length } from "../indicator.js";
import { ema } from "./ema.js";

export const elder_ray = defineIndicator({
  name: "elder_ray",
  summary: "Elder ray",
  description:
    "How far the high (`bull`) and the low (`bear`) stand above the exponential average of the close; below it, less than 0.",
  source: "Elder, Trading for a Living (1993)",
  formula: "bull = high − ema(close); bear = low − ema(close)",
  memory: "endless",
  seeding: "The average is seeded as `ema` is.",
  gaps: "skip",
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 13 })],
  outputs: [
    { name: "bull", type: "price", isDistance: true },
    { name: "bear", type: "price", isDistance: true },
  ],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: (parameters) => ema.start(parameters),
  advance(state, parameters, [high, low, close], [bull, bear], from, to) {
    ema.advance(state, parameters, [close], [bull], from, to);
    for (let i = from; i < to; i++) {
      bear[i] = low[i] - bull[i];
      bull[i] = high[i] - bull[i];
    }
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [5, 7], low: [3, 4], close: [4, 6] },
      outputs: { bull: [null, 2], bear: [null, -1] },
    },
  ],
});
