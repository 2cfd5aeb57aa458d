import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { normalised, weigh } from "../weighted-mean.js";
import { sma } from "./sma.js";

export const nadaraya_watson = defineIndicator({
  name: "nadaraya_watson",
  summary: "Nadaraya-Watson regression with bands",
  description:
    "A mean of the last `length` values under one half of a bell whose summit is this bar: its standard deviation is " +
    "`bandwidth` bars. It looks back only, so it never repaints. The bands lie `factor` mean absolute errors away, over as many bars.",
  source: "Nadaraya (1964) and Watson (1964), with a one-sided Gaussian kernel",
  formula:
    "value = Σ x[k] e^(−k² / 2 bandwidth²) / Σ e^(−k² / 2 bandwidth²); upper = value + factor × sma(|x − value|)",
  memory: "window",
  gaps: "restart",
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    length({ default: 50 }),
    { name: "bandwidth", type: "number", minimum: 0.1, default: 8 },
    { name: "factor", type: "number", minimum: 0, default: 3 },
  ],
  outputs: [
    { name: "upper", type: "same" },
    { name: "value", type: "same" },
    { name: "lower", type: "same" },
  ],
  warmup: ([length]) => 2 * (length - 1),
  lookback: ([length]) => length - 1,
  start: ([length, bandwidth]) => ({
    seen: 0,
    weights: normalised(Float64Array.from({ length }, (_, k) => Math.exp(-0.5 * (k / bandwidth) ** 2))),
    error: startThrough(sma, [length]),
  }),
  advance(state, [length, , factor], [source], [upper, value, lower], from, to) {
    const meanError = through(state.error, sma, [length]);
    for (let i = from; i < to; i++) {
      state.seen = source[i] === source[i] ? state.seen + 1 : 0;
      const mean = state.seen < length ? NaN : weigh(source, i, state.weights);
      const error = meanError(Math.abs(source[i] - mean));
      value[i] = error === error ? mean : NaN;
      upper[i] = mean + factor * error;
      lower[i] = mean - factor * error;
    }
  },
  examples: [
    {
      parameters: [1, 1, 2],
      inputs: { source: [3, null, 5] },
      outputs: { upper: [3, null, 5], value: [3, null, 5], lower: [3, null, 5] },
    },
  ],
});
