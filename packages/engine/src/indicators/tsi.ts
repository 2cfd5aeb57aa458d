import { defineIndicator, gapsOfChanges } from "../indicator.js";

export const tsi = defineIndicator({
  name: "tsi",
  summary: "True strength index",
  description:
    "The change of a value, smoothed by a slow exponential average and that by a fast one, as a share of its absolute " +
    "change smoothed likewise: from −1 to 1; 0 where the value has not moved at all. The averages are seeded as `ema` is. " +
    "A change from or to a bar without a value is passed over.",
  source: "Blau, Momentum, Direction and Divergence (1995); Pine v6 ta.tsi",
  formula: "ema(ema(change, slow), fast) / ema(ema(|change|, slow), fast)",
  memory: "endless",
  seeding: "Each average is seeded with the mean of its first values.",
  gaps: gapsOfChanges,
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "fast", type: "bars", minimum: 1, default: 13 },
    { name: "slow", type: "bars", minimum: 1, default: 25 },
  ],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([fast, slow]) => fast + slow - 1,
  lookback: () => 1,
  start: () => ({ seen: 0, slowChange: 0, slowSize: 0, change: 0, size: 0 }),
  advance(state, [fast, slow], [source], [out], from, to) {
    const fastWeight = 2 / (fast + 1);
    const slowWeight = 2 / (slow + 1);
    const complete = slow + fast - 1;
    let { seen, slowChange, slowSize, change, size } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const step = source[i] - source[i - 1];
      if (step !== step) continue;
      if (seen <= complete) seen++;
      // While a seed is being gathered, its average holds the sum.
      if (seen <= slow) {
        slowChange += step;
        slowSize += Math.abs(step);
        if (seen < slow) continue;
        slowChange /= slow;
        slowSize /= slow;
      } else {
        slowChange = (step - slowChange) * slowWeight + slowChange;
        slowSize = (Math.abs(step) - slowSize) * slowWeight + slowSize;
      }
      if (seen <= complete) {
        change += slowChange;
        size += slowSize;
        if (seen < complete) continue;
        change /= fast;
        size /= fast;
      } else {
        change = (slowChange - change) * fastWeight + change;
        size = (slowSize - size) * fastWeight + size;
      }
      out[i] = size === 0 ? 0 : change / size;
    }
    state.seen = seen;
    state.slowChange = slowChange;
    state.slowSize = slowSize;
    state.change = change;
    state.size = size;
  },
  examples: [
    // Changes 1, −1, 3: averages of two 0 and 1 (signed), 1 and 2 (absolute), then 2 and 7/3.
    { parameters: [1, 2], inputs: { source: [1, 2, 1, 4] }, outputs: { value: [null, null, 0, 6 / 7] } },
    { parameters: [1, 1], inputs: { source: [3, 3, 4, 2] }, outputs: { value: [null, 0, 1, -1] } },
  ],
});
