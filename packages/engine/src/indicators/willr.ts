import { ageOfHighest, ageOfLowest } from "../extremes.js";
import { defineIndicator, length } from "../indicator.js";

export const willr = defineIndicator({
  name: "willr",
  summary: "Williams' %R",
  description:
    "Where the close lies in the range of the last `length` bars: 0 at its high, -100 at its low; 0 where there is " +
    "no range. A bar without a value starts the window anew.",
  source:
    "Williams, How I Made One Million Dollars Last Year Trading Commodities (1973); TA-Lib 0.6 WILLR, to the bit",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  // The ages are how many bars ago the highest high and the lowest low were seen.
  start: () => ({ seen: 0, highest: -Infinity, highAge: 0, lowest: Infinity, lowAge: 0 }),
  advance(state, [length], [high, low, close], [out], from, to) {
    let { seen, highest, highAge, lowest, lowAge } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i] || close[i] !== close[i]) {
        seen = 0;
        highest = -Infinity;
        lowest = Infinity;
        continue;
      }
      seen++;
      if (high[i] >= highest) {
        highest = high[i];
        highAge = 0;
      } else if (++highAge >= length) {
        highAge = ageOfHighest(high, i, length);
        highest = high[i - highAge];
      }
      if (low[i] <= lowest) {
        lowest = low[i];
        lowAge = 0;
      } else if (++lowAge >= length) {
        lowAge = ageOfLowest(low, i, length);
        lowest = low[i - lowAge];
      }
      if (seen < length) continue;
      const step = (highest - lowest) / -100;
      out[i] = step === 0 ? 0 : (highest - close[i]) / step;
    }
    state.seen = seen;
    state.highest = highest;
    state.highAge = highAge;
    state.lowest = lowest;
    state.lowAge = lowAge;
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [10, 12, 11, 9], low: [8, 9, 7, 9], close: [9, 11, 7, 9] },
      outputs: { value: [null, -25, -100, -50] },
    },
    {
      parameters: [2],
      inputs: { high: [5, 5], low: [5, 5], close: [5, 5] },
      outputs: { value: [null, 0] },
    },
  ],
});
