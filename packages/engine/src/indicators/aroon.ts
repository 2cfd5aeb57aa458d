import { ageOfHighest, ageOfLowest } from "../extremes.js";
import { defineIndicator, length } from "../indicator.js";

export const aroon = defineIndicator({
  name: "aroon",
  summary: "Aroon",
  description:
    "How recent the lowest low (`down`) and the highest high (`up`) of this bar and the `length` before it are: 100 " +
    "on this bar, 0 on the oldest; of equal extremes the newest counts. A bar without a value starts the window anew.",
  source: "Chande (1995); TA-Lib 0.6 AROON, to the bit",
  fields: ["high", "low"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [
    { name: "down", type: "ratio" },
    { name: "up", type: "ratio" },
  ],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  // The ages are how many bars ago the highest high and the lowest low were seen.
  start: () => ({ seen: 0, highest: -Infinity, highAge: 0, lowest: Infinity, lowAge: 0 }),
  advance(state, [length], [high, low], [down, up], from, to) {
    const percent = 100 / length;
    let { seen, highest, highAge, lowest, lowAge } = state;
    for (let i = from; i < to; i++) {
      down[i] = up[i] = NaN;
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
      if (seen <= length) continue;
      down[i] = percent * (length - lowAge);
      up[i] = percent * (length - highAge);
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
      outputs: { down: [null, null, 0, 50, 100], up: [null, null, 50, 0, 100] },
    },
  ],
});
