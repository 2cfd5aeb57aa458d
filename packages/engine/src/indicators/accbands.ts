import { defineIndicator, length } from "../indicator.js";
import { addToMean, clearMean, startMean } from "../rolling-mean.js";

export const accbands = defineIndicator({
  name: "accbands",
  summary: "Acceleration bands",
  description:
    "Simple averages of the last `length` closes (`middle`), and of highs and lows that are pushed outwards by four times " +
    "the range of their bar as a share of high plus low. A bar without a value starts the windows anew.",
  source: "Headley, Big Trends in Trading (2002); TA-Lib 0.6 ACCBANDS, to the bit",
  formula:
    "upper = sma(high × (1 + 4 × (high − low) / (high + low))); lower = sma(low × (1 − 4 × (high − low) / (high + low)))",
  memory: "window",
  gaps: "restart",
  isShiftBound: () => true,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 20, minimum: 2 })],
  outputs: [
    { name: "upper", type: "price" },
    { name: "middle", type: "price" },
    { name: "lower", type: "price" },
  ],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ highs: startMean(length), closes: startMean(length), lows: startMean(length) }),
  advance({ highs, closes, lows }, _parameters, [high, low, close], [upper, middle, lower], from, to) {
    for (let i = from; i < to; i++) {
      const sum = high[i] + low[i];
      const given = sum + close[i];
      if (given !== given) {
        clearMean(highs);
        clearMean(closes);
        clearMean(lows);
        upper[i] = middle[i] = lower[i] = NaN;
        continue;
      }
      const push = sum === 0 ? 0 : (4 * (high[i] - low[i])) / sum;
      upper[i] = addToMean(highs, high[i] * (1 + push));
      middle[i] = addToMean(closes, close[i]);
      lower[i] = addToMean(lows, low[i] * (1 - push));
    }
  },
  examples: [
    // The bars are pushed by 1, 0 and not at all, where high and low cancel out.
    {
      parameters: [2],
      inputs: { high: [5, 4, 4, 1], low: [3, 4, null, -1], close: [4, 4, 4, 0] },
      outputs: {
        upper: [null, 7, null, null],
        middle: [null, 4, null, null],
        lower: [null, 2, null, null],
      },
    },
  ],
});
