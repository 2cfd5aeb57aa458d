import { ageOfHighest, ageOfLowest } from "../extremes.js";
import { defineIndicator, length } from "../indicator.js";

export const aroonosc = defineIndicator({
  name: "aroonosc",
  summary: "Aroon oscillator",
  description:
    "The `up` of `aroon` less its `down`, from -100 to 100: positive where the highest high of this bar and the " +
    "`length` before it is newer than the lowest low. A bar without a value starts the window anew.",
  source: "Chande (1995); TA-Lib 0.6 AROONOSC, to the bit",
  fields: ["high", "low"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  // The ages are how many bars ago the highest high and the lowest low were seen.
  start: () => ({ seen: 0, highest: -Infinity, highAge: 0, lowest: Infinity, lowAge: 0 }),
  advance(state, [length], [high, low], [out], from, to) {
    const percent = 100 / length;
    let { seen, highest, highAge, lowest, lowAge } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i]) {
        seen = 0;
        highest = -Infinity;
        lowest = Infinity;
        continue;
      }
      seen++;
      if (high[i] >= highest) {
        highest = high[i];
        highAge = 0;
      } else if (++highAge > length) {
        highAge = ageOfHighest(high, i, length + 1);
        highest = high[i - highAge];
      }
      if (low[i] <= lowest) {
        lowest = low[i];
        lowAge = 0;
      } else if (++lowAge > length) {
        lowAge = ageOfLowest(low, i, length + 1);
        lowest = low[i - lowAge];
      }
      if (seen > length) out[i] = percent * (lowAge - highAge);
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
      inputs: { high: [5, 7, 6, 6, 6], low: [3, 4, 4, 5, 3] },
      outputs: { value: [null, null, 50, -50, 0] },
    },
  ],
});
