import { defineIndicator, length } from "../indicator.js";

export const cci = defineIndicator({
  name: "cci",
  summary: "Commodity channel index",
  description:
    "How far the typical price, (high + low + close) / 3, lies from its mean over the last `length` bars, in units " +
    "of 0.015 mean absolute deviations; 0 where it has not moved. A bar without a value starts the window anew.",
  source: "Lambert, Commodity Channel Index, Commodities (1980); TA-Lib 0.6 CCI, to the bit",
  formula: "(typical − mean) / (0.015 × Σ |typical − mean| / length); typical = (high + low + close) / 3",
  memory: "window",
  gaps: "restart",
  cost: "window",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  // The last typical prices lie in a ring and are added in its order, not in that of time: the bits depend on it.
  start: ([length]) => ({ seen: 0, slot: 0, ring: new Float64Array(length) }),
  advance(state, [length], [high, low, close], [out], from, to) {
    const { ring } = state;
    let { seen, slot } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const typical = (high[i] + low[i] + close[i]) / 3;
      if (typical !== typical) {
        seen = 0;
        slot = 0;
        continue;
      }
      ring[slot] = typical;
      slot = slot + 1 < length ? slot + 1 : 0;
      if (seen < length) seen++;
      if (seen < length) continue;
      let mean = 0;
      for (let k = 0; k < length; k++) mean += ring[k];
      mean /= length;
      let deviations = 0;
      for (let k = 0; k < length; k++) deviations += Math.abs(ring[k] - mean);
      const distance = typical - mean;
      out[i] = distance === 0 || deviations === 0 ? 0 : distance / (0.015 * (deviations / length));
    }
    state.seen = seen;
    state.slot = slot;
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [2, 4, 4], low: [2, 4, 4], close: [2, 4, 4] },
      outputs: { value: [null, 1 / 0.015, 0] },
    },
    {
      parameters: [3],
      inputs: { high: [1, 5, 6], low: [1, 1, 6], close: [1, 3, 6] },
      // Typical prices 1, 3 and 6: mean 10/3, mean deviation 16/9.
      outputs: { value: [null, null, 100] },
    },
  ],
});
