import { defineIndicator, length } from "../indicator.js";
import {
  advanceAverage,
  averageIsShiftBound,
  averageLookback,
  averageWarmup,
  kind,
  simple,
  startAverage,
} from "../moving-average.js";
import { negligible } from "../negligible.js";
import { barsBetweenRebuilds } from "../rebuild.js";
import { advanceVariance } from "../variance.js";

export const bbands = defineIndicator({
  name: "bbands",
  summary: "Bollinger bands",
  description:
    "A moving average, simple unless `ma` says otherwise, and bands a number of (population) standard deviations " +
    "above and below it. The deviation is always that from the mean of the window. A bar without a value starts the " +
    "window anew.",
  source: "Bollinger on Bollinger Bands (2001); TA-Lib 0.6 BBANDS",
  formula:
    "middle = average(source); upper = middle + up × stddev(source); lower = middle − down × stddev(source)",
  gaps: { described: "It starts the window anew, and does to the average what it does to one of that kind." },
  isShiftBound: ([length, , , ma]) => averageIsShiftBound(ma, length),
  cost: "constant",
  names: { pine: "bb" },
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    length({ default: 5, minimum: 2 }),
    { name: "up", type: "number", minimum: 0, default: 2 },
    { name: "down", type: "number", minimum: 0, default: 2 },
    kind(),
  ],
  outputs: [
    { name: "upper", type: "same" },
    { name: "middle", type: "same" },
    { name: "lower", type: "same" },
  ],
  warmup: ([length, , , ma]) => Math.max(length - 1, averageWarmup(ma, length)),
  lookback: ([length, , , ma]) => Math.max(length - 1, averageLookback(ma, length)),
  start: ([length, , , ma]) => ({ seen: 0, sum: 0, squares: 0, average: startAverage(ma, length) }),
  advance(state, [length, up, down, ma], [source], [upper, middle, lower], from, to) {
    if (ma !== simple) {
      advanceVariance(state, length, source, lower, from, to);
      advanceAverage(state.average, [ma, length], source, middle, from, to);
      for (let i = from; i < to; i++) {
        const variance = lower[i];
        const deviation = variance < negligible ? 0 : Math.sqrt(variance);
        // Average and deviation need not begin together, but the bands do.
        if (variance !== variance) middle[i] = NaN;
        upper[i] = middle[i] + up * deviation;
        lower[i] = middle[i] - down * deviation;
      }
      return;
    }
    let { seen, sum, squares } = state;
    for (let i = from; i < to;) {
      if (seen < length - 1) {
        const value = source[i];
        const isAbsent = value !== value;
        sum = isAbsent ? 0 : sum + value;
        squares = isAbsent ? 0 : squares + value * value;
        seen = isAbsent ? 0 : seen + 1;
        upper[i] = middle[i] = lower[i] = NaN;
        i++;
        continue;
      }
      // In a loop of its own: one that may also begin anew takes twice as long for a bar.
      const start = i;
      const end = Math.min(to, i + barsBetweenRebuilds - (seen % barsBetweenRebuilds));
      for (; i < end; i++) {
        const value = source[i];
        if (value !== value) break;
        sum += value;
        squares += value * value;
        const mean = sum / length;
        const variance = squares / length - mean * mean;
        // Rounding leaves a constant window with a variance that is not quite zero, or below.
        const deviation = variance < negligible ? 0 : Math.sqrt(variance);
        upper[i] = mean + up * deviation;
        middle[i] = mean;
        lower[i] = mean - down * deviation;
        const oldest = source[i - length + 1];
        sum -= oldest;
        squares -= oldest * oldest;
      }
      seen += i - start;
      if (i < end) {
        seen = sum = squares = 0;
        upper[i] = middle[i] = lower[i] = NaN;
        i++;
      } else if (seen % barsBetweenRebuilds === 0) {
        sum = squares = 0;
        for (let k = i - length + 1; k < i; k++) {
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
      parameters: [2, 1, 2, 0],
      inputs: { source: [1, 3, 3] },
      outputs: { upper: [null, 3, 3], middle: [null, 2, 3], lower: [null, 0, 3] },
    },
    // The exponential average goes two thirds of the way from 2 to 6.
    {
      parameters: [2, 1, 2, 1],
      inputs: { source: [1, 3, 6] },
      outputs: { upper: [null, 3, 14 / 3 + 1.5], middle: [null, 2, 14 / 3], lower: [null, 0, 14 / 3 - 3] },
    },
  ],
});
