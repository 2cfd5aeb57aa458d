import { trueRange } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const atr = defineIndicator({
  name: "atr",
  summary: "Average true range",
  description:
    "Wilder's average of the true range: the bar's range, widened to the previous close where there was a gap. " +
    "The first bar has no previous close, so the first value comes after `length` bars.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 ATR, but for the last bits",
  formula: "rma(max(high, close[1]) − min(low, close[1]))",
  memory: "endless",
  seeding: "The mean of the first `length` true ranges.",
  gaps: gapsOfChanges,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14 })],
  outputs: [{ name: "value", type: "price", isDistance: true }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: () => ({ seen: 0, average: 0 }),
  advance(state, [length], [high, low, close], [out], from, to) {
    const weight = 1 / length;
    let { seen, average } = state;
    for (let i = from; i < to; i++) {
      // In a loop of its own: one that may also be gathering the seed takes twice as long for a bar.
      for (; seen >= length && i < to; i++) {
        const range = trueRange(high, low, close, i);
        if (range !== range) break;
        average += (range - average) * weight;
        out[i] = average;
      }
      if (i === to) break;
      out[i] = NaN;
      const range = trueRange(high, low, close, i);
      if (range !== range) continue;
      average += range;
      seen++;
      if (seen === length) out[i] = average /= length;
    }
    state.seen = seen;
    state.average = average;
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [10, 12, 13, 11], low: [8, 10, 12, 9], close: [9, 11, 12, 10] },
      outputs: { value: [null, null, 2.5, 2.75] },
    },
  ],
});
