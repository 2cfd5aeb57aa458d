import { defineIndicator } from "../indicator.js";
import { averageIsShiftBound, averageWarmup, kind, startStream, streaming } from "../moving-average.js";

/** The parameters with the fast average first: lengths and kinds change places together. */
function inOrder([fast, fastMa, slow, slowMa, smooth, smoothMa]: readonly number[]) {
  const isSwapped = slow < fast;
  return {
    fast: isSwapped ? slow : fast,
    fastMa: isSwapped ? slowMa : fastMa,
    slow: isSwapped ? fast : slow,
    slowMa: isSwapped ? fastMa : slowMa,
    smooth,
    smoothMa,
  };
}

export const macdext = defineIndicator({
  name: "macdext",
  summary: "Moving average convergence/divergence of any averages",
  description:
    "As `macd`, with averages of the kinds that are named, simple where none is. The two first averages have their first " +
    "value on the same bar, for which the one with the shorter warm-up starts later; and all three outputs start together. " +
    "A bar without a value does to each average what it does to one of that kind.",
  source:
    "Appel, The Moving Average Convergence Divergence Trading Method (1979); TA-Lib 0.6 MACDEXT, to the bit",
  formula:
    "macd = average(source, fast) − average(source, slow); signal = average(macd, smooth); histogram = macd − signal",
  gaps: { described: "It does to each average what it does to one of that kind." },
  isShiftBound: ([fast, fastMa, slow, slowMa, smooth, smoothMa]) =>
    averageIsShiftBound(fastMa, fast) ||
    averageIsShiftBound(slowMa, slow) ||
    averageIsShiftBound(smoothMa, smooth),
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "fast", type: "bars", minimum: 2, default: 12 },
    kind("fast_ma"),
    { name: "slow", type: "bars", minimum: 2, default: 26 },
    kind("slow_ma"),
    { name: "smooth", type: "bars", minimum: 1, default: 9 },
    kind("smooth_ma"),
  ],
  outputs: [
    { name: "macd", type: "same", isDistance: true },
    { name: "signal", type: "same", isDistance: true },
    { name: "histogram", type: "same", isDistance: true },
  ],
  warmup: (parameters) => {
    const { fast, fastMa, slow, slowMa, smooth, smoothMa } = inOrder(parameters);
    return (
      Math.max(averageWarmup(fastMa, fast), averageWarmup(slowMa, slow)) + averageWarmup(smoothMa, smooth)
    );
  },
  lookback: () => 0,
  start: (parameters) => {
    const { fast, fastMa, slow, slowMa, smooth, smoothMa } = inOrder(parameters);
    const later = averageWarmup(slowMa, slow) - averageWarmup(fastMa, fast);
    return {
      fastAverage: startStream(fastMa, fast, Math.max(0, later)),
      slowAverage: startStream(slowMa, slow, Math.max(0, -later)),
      signalAverage: startStream(smoothMa, smooth),
    };
  },
  advance({ fastAverage, slowAverage, signalAverage }, parameters, [source], outputs, from, to) {
    const { fast, fastMa, slow, slowMa, smooth, smoothMa } = inOrder(parameters);
    const [macd, signal, histogram] = outputs;
    const fastOf = streaming(fastAverage, fastMa, fast);
    const slowOf = streaming(slowAverage, slowMa, slow);
    const signalOf = streaming(signalAverage, smoothMa, smooth);
    for (let i = from; i < to; i++) {
      const difference = fastOf(source[i]) - slowOf(source[i]);
      signal[i] = signalOf(difference);
      histogram[i] = difference - signal[i];
      macd[i] = signal[i] === signal[i] ? difference : NaN;
    }
  },
  examples: [
    {
      parameters: [2, 0, 3, 0, 2, 0],
      inputs: { source: [1, 2, 6, 4, 8] },
      outputs: {
        macd: [null, null, null, 1, 0],
        signal: [null, null, null, 1, 0.5],
        histogram: [null, null, null, 0, -0.5],
      },
    },
    // With exponential averages it is `macd`.
    {
      parameters: [3, 1, 2, 1, 2, 1],
      inputs: { source: [1, 2, 6, 4, 4] },
      outputs: {
        macd: [null, null, null, 0.5, 0.25],
        signal: [null, null, null, 0.75, 0.75 - 1 / 3],
        histogram: [null, null, null, -0.25, -0.5 + 1 / 3],
      },
    },
  ],
});
