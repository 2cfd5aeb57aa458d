import { defineIndicator, length } from "../indicator.js";
import { negligible } from "../negligible.js";

export const hurst = defineIndicator({
  name: "hurst",
  summary: "Hurst exponent",
  description:
    "Whether the last `length` logarithmic returns go on (above ½) or turn back (below ½), by the rescaled range: how wide " +
    "their running total strays from an even course, in standard deviations. ½ where they do not vary. Short windows lean " +
    "above ½ by themselves.",
  source: "Hurst (1951), with his own estimate from one range",
  formula: "log(R / S) / log(length / 2); R = max − min of Σ (r − mean(r)), from 0; S = stddev(r)",
  memory: "window",
  gaps: "spread",
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 100, minimum: 3 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: ([length]) => ({ seen: 0, returns: new Float64Array(length) }),
  advance(state, [length], [source], [out], from, to) {
    const { returns } = state;
    const scale = 1 / Math.log(length / 2);
    for (let i = from; i < to; i++) {
      const change = Math.log(source[i] / source[i - 1]);
      state.seen = change === change ? state.seen + 1 : 0;
      out[i] = NaN;
      if (state.seen < length) continue;
      let sum = 0;
      for (let k = 0; k < length; k++) {
        const bar = i - length + 1 + k;
        sum += returns[k] = Math.log(source[bar] / source[bar - 1]);
      }
      const mean = sum / length;
      let total = 0;
      let squares = 0;
      let top = 0;
      let bottom = 0;
      for (let k = 0; k < length; k++) {
        const distance = returns[k] - mean;
        total += distance;
        squares += distance * distance;
        if (total > top) top = total;
        else if (total < bottom) bottom = total;
      }
      const deviation = Math.sqrt(squares / length);
      out[i] = deviation < negligible ? 0.5 : scale * Math.log((top - bottom) / deviation);
    }
  },
  examples: [
    // Returns ln 2, ln 2 and −ln 2 against their mean of ln 2 / 3: the total goes to 2/3, 4/3 and back to 0.
    {
      parameters: [3],
      inputs: { source: [1, 2, 4, 2] },
      outputs: { value: [null, null, null, Math.log(4 / 3 / Math.sqrt(8 / 9)) / Math.log(1.5)] },
    },
  ],
});
