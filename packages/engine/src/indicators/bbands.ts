import { defineIndicator, length } from "../indicator.js";

const barsBetweenRebuilds = 65_536;

export const bbands = defineIndicator({
  name: "bbands",
  summary: "Bollinger bands",
  description:
    "A simple moving average, and bands a number of (population) standard deviations above and below it. A bar " +
    "without a value starts the window anew.",
  source: "Bollinger on Bollinger Bands (2001); TA-Lib 0.6 BBANDS with a simple average",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    length({ default: 20, minimum: 2 }),
    { name: "up", type: "number", minimum: 0, default: 2 },
    { name: "down", type: "number", minimum: 0, default: 2 },
  ],
  outputs: [
    { name: "upper", type: "same" },
    { name: "middle", type: "same" },
    { name: "lower", type: "same" },
  ],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, sum: 0, squares: 0 }),
  advance(state, [length, up, down], [source], [upper, middle, lower], from, to) {
    let { seen, sum, squares } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value !== value) {
        seen = 0;
        sum = 0;
        squares = 0;
        upper[i] = middle[i] = lower[i] = NaN;
        continue;
      }
      sum += value;
      squares += value * value;
      seen++;
      if (seen < length) {
        upper[i] = middle[i] = lower[i] = NaN;
        continue;
      }
      const mean = sum / length;
      const variance = squares / length - mean * mean;
      // Rounding can leave a constant window with a variance just below zero.
      const deviation = variance > 0 ? Math.sqrt(variance) : 0;
      upper[i] = mean + up * deviation;
      middle[i] = mean;
      lower[i] = mean - down * deviation;
      const oldest = source[i - length + 1];
      sum -= oldest;
      squares -= oldest * oldest;
      if (seen % barsBetweenRebuilds === 0) {
        sum = 0;
        squares = 0;
        for (let k = i - length + 2; k <= i; k++) {
          sum += source[k];
          squares += source[k] * source[k];
        }
      }
    }
    state.seen = seen;
    state.sum = sum;
    state.squares = squares;
  },
  examples: [
    {
      parameters: [2, 1, 2],
      inputs: { source: [1, 3, 3] },
      outputs: { upper: [null, 3, 3], middle: [null, 2, 3], lower: [null, 0, 3] },
    },
  ],
});
