import { defineIndicator, length } from "../indicator.js";

export const cmo = defineIndicator({
  name: "cmo",
  summary: "Chande momentum oscillator",
  description:
    "Average gain less average loss, in percent of their sum, from -100 to 100; 0 where the value has not moved at " +
    "all. The averages are Wilder's, as in `rsi`, where Chande took plain sums over the window.",
  source: "Chande and Kroll, The New Technical Trader (1994); TA-Lib 0.6 CMO, to the bit",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: () => ({ seen: 0, gain: 0, loss: 0 }),
  advance(state, [length], [source], [out], from, to) {
    let { seen, gain, loss } = state;
    for (let i = from; i < to; i++) {
      const change = source[i] - source[i - 1];
      if (change !== change) {
        out[i] = NaN;
        continue;
      }
      // Until the seed is complete, `gain` and `loss` hold the sums.
      if (seen >= length) {
        loss *= length - 1;
        gain *= length - 1;
      }
      if (change < 0) loss -= change;
      else gain += change;
      if (seen < length) seen++;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      loss /= length;
      gain /= length;
      const total = gain + loss;
      out[i] = total === 0 ? 0 : 100 * ((gain - loss) / total);
    }
    state.seen = seen;
    state.gain = gain;
    state.loss = loss;
  },
  examples: [
    { parameters: [2], inputs: { source: [1, 2, 1, 4] }, outputs: { value: [null, null, 0, 75] } },
    { parameters: [2], inputs: { source: [5, 5, 5] }, outputs: { value: [null, null, 0] } },
  ],
});
