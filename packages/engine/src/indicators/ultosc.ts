import { trueRange } from "../directional.js";
import { defineIndicator } from "../indicator.js";
import { barsBetweenRebuilds } from "../rebuild.js";

/** Of the shortest window, the middle and the longest. */
const weights = Float64Array.of(4, 2, 1);

/** How far a bar closed above its low or the previous close, whichever is lower. */
const buyingPressure = (low: Float64Array, close: Float64Array, bar: number): number =>
  close[bar] - Math.min(low[bar], close[bar - 1]);

export const ultosc = defineIndicator({
  name: "ultosc",
  summary: "Ultimate oscillator",
  description:
    "Buying pressure as a share of the true range over three windows, averaged with weights 4, 2 and 1 from the " +
    "shortest to the longest (their order as parameters does not matter), from 0 to 100. A window without any range " +
    "counts as 0. A bar without a value starts the windows anew.",
  source: "Williams, The Ultimate Oscillator (1985); TA-Lib 0.6 ULTOSC, to the bit",
  formula: "100 × (4 × a + 2 × b + c) / 7; each Σ buying pressure / Σ true range over its own length",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [
    { name: "first", type: "bars", minimum: 1, default: 7 },
    { name: "second", type: "bars", minimum: 1, default: 14 },
    { name: "third", type: "bars", minimum: 1, default: 28 },
  ],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: (lengths) => Math.max(...lengths),
  lookback: (lengths) => Math.max(...lengths),
  // `still` counts the bars since anything moved: where a window holds nothing else, its sums are 0 and not a residue.
  start: () => ({ seen: 0, still: 0, pressures: new Float64Array(3), ranges: new Float64Array(3) }),
  advance(state, parameters, [high, low, close], [out], from, to) {
    const lengths = Float64Array.from(parameters).sort();
    const longest = lengths[2];
    const { pressures, ranges } = state;
    let { seen, still } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const pressure = buyingPressure(low, close, i);
      const range = trueRange(high, low, close, i);
      if (pressure + range !== pressure + range) {
        seen = 0;
        pressures.fill(0);
        ranges.fill(0);
        continue;
      }
      seen++;
      still = pressure === 0 && range === 0 ? still + 1 : 0;
      let weighted = 0;
      for (let k = 0; k < 3; k++) {
        const length = lengths[k];
        // The windows end their warm-up together, so the shorter ones begin later.
        if (seen <= longest - length) continue;
        pressures[k] += pressure;
        ranges[k] += range;
        if (seen < longest) continue;
        if (still >= length) pressures[k] = ranges[k] = 0;
        if (ranges[k] !== 0) weighted += weights[k] * (pressures[k] / ranges[k]);
        const oldest = i - length + 1;
        pressures[k] -= buyingPressure(low, close, oldest);
        ranges[k] -= trueRange(high, low, close, oldest);
        if (seen % barsBetweenRebuilds !== 0) continue;
        pressures[k] = ranges[k] = 0;
        for (let bar = oldest + 1; bar <= i; bar++) {
          pressures[k] += buyingPressure(low, close, bar);
          ranges[k] += trueRange(high, low, close, bar);
        }
      }
      if (seen >= longest) out[i] = 100 * (weighted / 7);
    }
    state.seen = seen;
    state.still = still;
  },
  examples: [
    {
      // Buying pressure 2, 0, 3 of ranges 2, 2, 4: shares of the last one, two and three bars are 3/4, 1/2 and 5/8.
      parameters: [3, 1, 2],
      inputs: { high: [10, 12, 12, 14], low: [8, 10, 10, 10], close: [10, 12, 10, 13] },
      outputs: { value: [null, null, null, (100 * (3 + 1 + 5 / 8)) / 7] },
    },
    {
      parameters: [1, 1, 1],
      inputs: { high: [5, 5], low: [5, 5], close: [5, 5] },
      outputs: { value: [null, 0] },
    },
  ],
});
