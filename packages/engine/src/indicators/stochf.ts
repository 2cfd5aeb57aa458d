import { ageOfHighest, ageOfLowest } from "../extremes.js";
import { defineIndicator, length } from "../indicator.js";
import { addToMean, startMean } from "../rolling-mean.js";

export const stochf = defineIndicator({
  name: "stochf",
  summary: "Fast stochastic oscillator",
  description:
    "Where the close lies in the range of the last `length` bars (`k`): 100 at its high, 0 at its low and where " +
    "there is no range; and the simple average of the last `smooth` of these (`d`). Both start together. A bar " +
    "without a value starts both windows anew.",
  source:
    "Lane, Lane's Stochastics, Stocks & Commodities (1984); TA-Lib 0.6 STOCHF with a simple average, to the bit",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 5 }), { name: "smooth", type: "bars", minimum: 1, default: 3 }],
  outputs: [
    { name: "k", type: "ratio" },
    { name: "d", type: "ratio" },
  ],
  warmup: ([length, smooth]) => length + smooth - 2,
  lookback: ([length]) => length - 1,
  // The extremes and how many bars ago they were seen, and the average of k.
  start: ([, smooth]) => ({
    seen: 0,
    highest: -Infinity,
    highAge: 0,
    lowest: Infinity,
    lowAge: 0,
    mean: startMean(smooth),
  }),
  advance(state, [length, smooth], [high, low, close], [k, d], from, to) {
    const complete = length + smooth - 1;
    const { mean } = state;
    let { seen, highest, highAge, lowest, lowAge } = state;
    for (let i = from; i < to; i++) {
      k[i] = d[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i] || close[i] !== close[i]) {
        seen = 0;
        highest = -Infinity;
        lowest = Infinity;
        mean.fill(0);
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
      const step = (highest - lowest) / 100;
      const place = step === 0 ? 0 : (close[i] - lowest) / step;
      const average = addToMean(mean, place);
      if (seen < complete) continue;
      k[i] = place;
      d[i] = average;
    }
    state.seen = seen;
    state.highest = highest;
    state.highAge = highAge;
    state.lowest = lowest;
    state.lowAge = lowAge;
  },
  examples: [
    {
      parameters: [2, 2],
      inputs: { high: [10, 12, 11, 9], low: [8, 9, 7, 9], close: [9, 11, 7, 9] },
      outputs: { k: [null, null, 0, 50], d: [null, null, 37.5, 25] },
    },
    {
      parameters: [1, 1],
      inputs: { high: [6, 5], low: [2, 5], close: [3, 5] },
      outputs: { k: [25, 0], d: [25, 0] },
    },
  ],
});
