import { defineIndicator, length } from "../indicator.js";
import { addToMean, startMean } from "../rolling-mean.js";

export const stochrsi = defineIndicator({
  name: "stochrsi",
  summary: "Stochastic relative strength index",
  description:
    "Where the `rsi` of `length` lies in the range of its last `range` values (`k`): 100 at the top, 0 at the bottom " +
    "and where there is no range; and the simple average of the last `smooth` of these (`d`). Both start together. A " +
    "bar without a value leaves the rsi as it was and starts the windows over it anew.",
  source:
    "Chande and Kroll, Stochastic RSI and Dynamic Momentum Index, Stocks & Commodities (1993); TA-Lib 0.6 STOCHRSI with " +
    "a simple average, to the bit",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    length({ default: 14, minimum: 2 }),
    { name: "range", type: "bars", minimum: 1, default: 5 },
    { name: "smooth", type: "bars", minimum: 1, default: 3 },
  ],
  outputs: [
    { name: "k", type: "ratio" },
    { name: "d", type: "ratio" },
  ],
  warmup: ([length, range, smooth]) => length + range + smooth - 2,
  lookback: () => 1,
  // The last values of the rsi stand in no column: a ring.
  start: ([, range, smooth]) => ({
    seen: 0,
    gain: 0,
    loss: 0,
    inRange: 0,
    ring: new Float64Array(range),
    mean: startMean(smooth),
  }),
  advance(state, [length, range, smooth], [source], [k, d], from, to) {
    const complete = range + smooth - 1;
    const { ring, mean } = state;
    let { seen, gain, loss, inRange } = state;
    for (let i = from; i < to; i++) {
      k[i] = d[i] = NaN;
      const change = source[i] - source[i - 1];
      if (change !== change) {
        inRange = 0;
        mean.fill(0);
        continue;
      }
      if (seen >= length) {
        loss *= length - 1;
        gain *= length - 1;
      }
      if (change < 0) loss -= change;
      else gain += change;
      if (seen < length) seen++;
      if (seen < length) continue;
      loss /= length;
      gain /= length;
      const total = gain + loss;
      const strength = total === 0 ? 0 : 100 * (gain / total);

      ring[inRange++ % range] = strength;
      if (inRange < range) continue;
      let highest = strength;
      let lowest = strength;
      for (const each of ring) {
        if (each > highest) highest = each;
        if (each < lowest) lowest = each;
      }
      const step = (highest - lowest) / 100;
      const place = step === 0 ? 0 : (strength - lowest) / step;
      const average = addToMean(mean, place);
      if (inRange < complete) continue;
      k[i] = place;
      d[i] = average;
    }
    state.seen = seen;
    state.gain = gain;
    state.loss = loss;
    state.inRange = inRange;
  },
  examples: [
    // The rsi is 50, 87.5 and 43.75, its places in a range of two 100 and 0.
    {
      parameters: [2, 2, 2],
      inputs: { source: [1, 2, 1, 4, 1.5] },
      outputs: { k: [null, null, null, null, 0], d: [null, null, null, null, 50] },
    },
    {
      parameters: [2, 1, 1],
      inputs: { source: [5, 5, 5] },
      outputs: { k: [null, null, 0], d: [null, null, 0] },
    },
  ],
});
