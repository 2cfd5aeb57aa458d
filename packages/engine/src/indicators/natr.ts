import { trueRange } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const natr = defineIndicator({
  name: "natr",
  summary: "Normalised average true range",
  description:
    "Wilder's average of the true range (see `atr`) in percent of the bar's close, so that it compares across prices; " +
    "0 where the close is 0. With a length of 1 it is the true range in percent, where TA-Lib leaves it in price.",
  source:
    "Forman, Cross-Market Evaluations with Normalized Average True Range (2006); TA-Lib 0.6 NATR, but for the last bits",
  formula: "100 × atr / close",
  memory: "endless",
  seeding: "As `atr`.",
  gaps: gapsOfChanges,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: () => ({ seen: 0, average: 0 }),
  advance(state, [length], [high, low, close], [out], from, to) {
    const weight = 1 / length;
    let { seen, average } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const range = trueRange(high, low, close, i);
      if (range !== range) continue;
      if (seen >= length) {
        average += (range - average) * weight;
      } else {
        // Until the seed is complete, `average` holds the sum.
        average += range;
        seen++;
        if (seen < length) continue;
        average /= length;
      }
      out[i] = close[i] === 0 ? 0 : (average / close[i]) * 100;
    }
    state.seen = seen;
    state.average = average;
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [10, 12, 13, 11], low: [8, 10, 12, 9], close: [9, 11, 12.5, 10] },
      outputs: { value: [null, null, 20, 30] },
    },
  ],
});
