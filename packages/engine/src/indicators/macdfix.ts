import { defineIndicator } from "../indicator.js";

/* Appel's own lengths, with the weights that he rounded: 2 / 13 and 2 / 27 would be those of `macd(12, 26)`. */
const fast = 12;
const slow = 26;
const fastWeight = 0.15;
const slowWeight = 0.075;

export const macdfix = defineIndicator({
  name: "macdfix",
  summary: "Moving average convergence/divergence 12/26",
  description:
    "As `macd`, with the two averages fixed: over 12 and 26 bars, and with the rounded weights of 0.15 and 0.075. A bar " +
    "without a value has none here either and leaves the averages as they were.",
  source:
    "Appel, The Moving Average Convergence Divergence Trading Method (1979); TA-Lib 0.6 MACDFIX, to the bit",
  inputs: [{ name: "source", type: "same" }],
  parameters: [{ name: "smooth", type: "bars", minimum: 1, default: 9 }],
  outputs: [
    { name: "macd", type: "same" },
    { name: "signal", type: "same" },
    { name: "histogram", type: "same" },
  ],
  warmup: ([smooth]) => slow + smooth - 2,
  lookback: () => 0,
  start: () => ({ seen: 0, fastAverage: 0, slowAverage: 0, signalAverage: 0 }),
  advance(state, [smooth], [source], [macd, signal, histogram], from, to) {
    const smoothWeight = 2 / (smooth + 1);
    const complete = slow + smooth - 1;
    let { seen, fastAverage, slowAverage, signalAverage } = state;
    for (let i = from; i < to; i++) {
      macd[i] = signal[i] = histogram[i] = NaN;
      const value = source[i];
      if (value !== value) continue;
      if (seen <= complete) seen++;
      // While a seed is being gathered, its average holds the sum.
      if (seen <= slow) {
        slowAverage += value;
        if (seen > slow - fast) fastAverage += value;
        if (seen < slow) continue;
        slowAverage /= slow;
        fastAverage /= fast;
      } else {
        slowAverage = (value - slowAverage) * slowWeight + slowAverage;
        fastAverage = (value - fastAverage) * fastWeight + fastAverage;
      }
      const difference = fastAverage - slowAverage;
      if (seen > complete) {
        signalAverage = (difference - signalAverage) * smoothWeight + signalAverage;
      } else {
        signalAverage += difference;
        if (seen < complete) continue;
        signalAverage /= smooth;
      }
      macd[i] = difference;
      signal[i] = signalAverage;
      histogram[i] = difference - signalAverage;
    }
    state.seen = seen;
    state.fastAverage = fastAverage;
    state.slowAverage = slowAverage;
    state.signalAverage = signalAverage;
  },
  examples: [
    // From 0, one bar of 40 moves the fast average by 6 and the slow one by 3.
    {
      parameters: [1],
      inputs: { source: [...Array<number>(26).fill(0), 40] },
      outputs: {
        macd: [...Array<null>(25).fill(null), 0, 3],
        signal: [...Array<null>(25).fill(null), 0, 3],
        histogram: [...Array<null>(25).fill(null), 0, 0],
      },
    },
  ],
});
