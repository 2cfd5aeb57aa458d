import { defineIndicator } from "../indicator.js";
import { averageIsShiftBound, averageWarmup, kind, startStream, streaming } from "../moving-average.js";

/** Every length there may be, least first. */
const lengthsOf = ([first, last]: readonly number[]): readonly number[] =>
  Array.from({ length: Math.abs(last - first) + 1 }, (_, k) => Math.min(first, last) + k);

export const mavp = defineIndicator({
  name: "mavp",
  summary: "Moving average with variable period",
  description:
    "A moving average, simple unless `ma` says otherwise, whose length is another on every bar: that of `periods`, without " +
    "its fraction and at least `least`, at most `most`. Averages of all lengths run side by side and have their first " +
    "value on the same bar. A bar without a value does to each what it does to an average of that kind.",
  source: "TA-Lib 0.6 MAVP",
  formula: "average(source, periods)",
  gaps: { described: "It does to each average what it does to one of that kind." },
  isShiftBound: ([least, most, ma]) => averageIsShiftBound(ma, Math.max(least, most)),
  cost: "window",
  inputs: [
    { name: "source", type: "same" },
    { name: "periods", type: "bars" },
  ],
  parameters: [
    { name: "least", type: "bars", minimum: 2, default: 2 },
    { name: "most", type: "bars", minimum: 2, default: 30 },
    kind(),
  ],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([least, most, ma]) => averageWarmup(ma, Math.max(least, most)),
  lookback: () => 0,
  start: (parameters) => {
    const lengths = lengthsOf(parameters);
    const [, , ma] = parameters;
    const warmup = averageWarmup(ma, lengths[lengths.length - 1]);
    return Object.fromEntries(
      lengths.map((length) => [`${length}`, startStream(ma, length, warmup - averageWarmup(ma, length))]),
    );
  },
  advance(state, parameters, [source, periods], [out], from, to) {
    const lengths = lengthsOf(parameters);
    const [, , ma] = parameters;
    const averages = lengths.map((length) => streaming(state[length], ma, length));
    const [least] = lengths;
    for (let i = from; i < to; i++) {
      const chosen = Math.trunc(Math.min(Math.max(periods[i], least), least + averages.length - 1)) - least;
      out[i] = NaN;
      for (let k = 0; k < averages.length; k++) {
        const average = averages[k](source[i]);
        if (k === chosen) out[i] = average;
      }
    }
  },
  examples: [
    {
      parameters: [2, 3, 0],
      inputs: { source: [1, 2, 6, 4, null], periods: [2, 2, 2, 9, 2] },
      outputs: { value: [null, null, 4, 4, null] },
    },
    // The average over 2 bars starts with the mean of 2 and 6, not with that of 1 and 2.
    {
      parameters: [3, 2, 1],
      inputs: { source: [1, 2, 6, 7], periods: [3, 3, 2.9, 0] },
      outputs: { value: [null, null, 4, 6] },
    },
  ],
});
