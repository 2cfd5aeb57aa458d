import { defineIndicator, length } from "../indicator.js";
import { normalised, weigh } from "../weighted-mean.js";

function bell(length: number, offset: number, sigma: number): Float64Array {
  const width = length / sigma;
  const distances = Float64Array.from({ length }, (_, k) => (length - 1 - k - offset * (length - 1)) ** 2);
  // Counted from the nearest value, so that a summit far outside of the window does not leave all weights at zero.
  const nearest = Math.min(...distances);
  return normalised(distances.map((each) => Math.exp((nearest - each) / (2 * width * width))));
}

export const alma = defineIndicator({
  name: "alma",
  summary: "Arnaud Legoux moving average",
  description:
    "A mean of the last `length` values under a bell of weights. Its summit lies at the share `offset` of the window (0 " +
    "the oldest value, 1 the newest); the larger `sigma`, the narrower it is. A bar without a value starts the window anew.",
  source: "Legoux and Kouzis-Loukas (2009); Pine v6 ta.alma, with the place of the summit not rounded",
  formula:
    "Σ weight × source; weight = exp(−(place − offset × (length − 1))² / (2 × (length / sigma)²)), scaled to a sum of 1",
  memory: "window",
  gaps: "restart",
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    length({ default: 9 }),
    { name: "offset", type: "number", minimum: 0, default: 0.85 },
    { name: "sigma", type: "number", minimum: 0, default: 6 },
  ],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: ([length, offset, sigma]) => ({ seen: 0, weights: bell(length, offset, sigma) }),
  advance(state, [length], [source], [out], from, to) {
    const { weights } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      seen = source[i] === source[i] ? seen + 1 : 0;
      out[i] = seen < length ? NaN : weigh(source, i, weights);
    }
    state.seen = seen;
  },
  examples: [
    // The summit in the middle and one standard deviation of one bar: weights e^-½, 1, e^-½.
    {
      parameters: [3, 0.5, 3],
      inputs: { source: [0, 1, 0, 2] },
      outputs: {
        value: [null, null, 1 / (1 + 2 * Math.exp(-0.5)), (3 * Math.exp(-0.5)) / (1 + 2 * Math.exp(-0.5))],
      },
    },
  ],
});
