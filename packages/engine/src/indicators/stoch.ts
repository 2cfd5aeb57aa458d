import { ageOfHighest, ageOfLowest } from "../extremes.js";
import { defineIndicator, length } from "../indicator.js";
import { addToMean, startMean } from "../rolling-mean.js";

export const stoch = defineIndicator({
  name: "stoch",
  summary: "Stochastic oscillator",
  description:
    "Where the close lies in the range of the last `length` bars, 100 at its high, 0 at its low and where there is " +
    "no range, as a simple average of the last `slow` of these (`k`); and the simple average of the last `smooth` " +
    "values of that (`d`). Both start together. A bar without a value starts all windows anew.",
  source:
    "Lane, Lane's Stochastics, Stocks & Commodities (1984); TA-Lib 0.6 STOCH with simple averages, to the bit",
  fields: ["high", "low", "close"],
  parameters: [
    length({ default: 5 }),
    { name: "slow", type: "bars", minimum: 1, default: 3 },
    { name: "smooth", type: "bars", minimum: 1, default: 3 },
  ],
  outputs: [
    { name: "k", type: "ratio" },
    { name: "d", type: "ratio" },
  ],
  warmup: ([length, slow, smooth]) => length + slow + smooth - 3,
  lookback: ([length]) => length - 1,
  // The extremes and how many bars ago they were seen, and the two averages.
  start: ([, slow, smooth]) => ({
    seen: 0,
    highest: -Infinity,
    highAge: 0,
    lowest: Infinity,
    lowAge: 0,
    slowMean: startMean(slow),
    smoothMean: startMean(smooth),
  }),
  advance(state, [length, slow, smooth], [high, low, close], [k, d], from, to) {
    const firstSlow = length + slow - 1;
    const complete = firstSlow + smooth - 1;
    const { slowMean, smoothMean } = state;
    let { seen, highest, highAge, lowest, lowAge } = state;
    for (let i = from; i < to; i++) {
      k[i] = d[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i] || close[i] !== close[i]) {
        seen = 0;
        highest = -Infinity;
        lowest = Infinity;
        slowMean.fill(0);
        smoothMean.fill(0);
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
      const slowed = addToMean(slowMean, step === 0 ? 0 : (close[i] - lowest) / step);
      if (seen < firstSlow) continue;
      const smoothed = addToMean(smoothMean, slowed);
      if (seen < complete) continue;
      k[i] = slowed;
      d[i] = smoothed;
    }
    state.seen = seen;
    state.highest = highest;
    state.highAge = highAge;
    state.lowest = lowest;
    state.lowAge = lowAge;
  },
  examples: [
    {
      // The places are 75, 0 and 50.
      parameters: [2, 2, 2],
      inputs: { high: [10, 12, 11, 9], low: [8, 9, 7, 9], close: [9, 11, 7, 9] },
      outputs: { k: [null, null, null, 25], d: [null, null, null, 31.25] },
    },
  ],
});
