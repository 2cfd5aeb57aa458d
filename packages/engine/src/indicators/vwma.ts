import { defineIndicator, length } from "../indicator.js";

const barsBetweenRebuilds = 1_024;
const largestFall = 1_000;

export const vwma = defineIndicator({
  name: "vwma",
  summary: "Volume-weighted moving average",
  description:
    "A mean of the last `length` values in which each weighs as much as the volume of its bar; none where nothing was " +
    "traded in all of them. A bar without a value or a volume starts the window anew.",
  source: "Pine v6 ta.vwma",
  formula: "Σ source × volume / Σ volume",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  fields: ["volume"],
  parameters: [length({ default: 20 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  // `most` is the largest volume of a window since both sums were last added up.
  start: () => ({ seen: 0, sum: 0, traded: 0, most: 0 }),
  advance(state, [length], [source, volume], [out], from, to) {
    let { seen, sum, traded, most } = state;
    for (let i = from; i < to; i++) {
      const flow = source[i] * volume[i];
      out[i] = NaN;
      if (flow !== flow) {
        seen = sum = traded = most = 0;
        continue;
      }
      seen++;
      sum += flow;
      traded += volume[i];
      if (seen < length) continue;
      // What large volumes leave behind when they leave would pass for a price where little or nothing is traded.
      if (traded * largestFall < most || seen % barsBetweenRebuilds === 0) {
        sum = traded = 0;
        for (let k = i - length + 1; k <= i; k++) {
          sum += source[k] * volume[k];
          traded += volume[k];
        }
        most = traded;
      }
      if (traded > most) most = traded;
      out[i] = sum / traded;
      sum -= source[i - length + 1] * volume[i - length + 1];
      traded -= volume[i - length + 1];
    }
    state.seen = seen;
    state.sum = sum;
    state.traded = traded;
    state.most = most;
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [10, 20, 30, null, 10, 30], volume: [1, 3, 1, 1, 1, 1] },
      outputs: { value: [null, 17.5, 22.5, null, null, 20] },
    },
    { parameters: [1], inputs: { source: [10, 20], volume: [0, 3] }, outputs: { value: [null, 20] } },
  ],
});
