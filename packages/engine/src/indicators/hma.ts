import { defineIndicator, length } from "../indicator.js";
import { weigh } from "../weighted-mean.js";

const last = (length: number): number => Math.floor(Math.sqrt(length));

/** The weights of a linearly weighted average of `length` values. */
const linear = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => (2 * (length - k)) / (length * (length + 1)));

/** An average of averages is an average: the three of Hull's are one set of weights, some of them negative. */
function hullWeights(length: number): Float64Array {
  const half = linear(Math.floor(length / 2));
  const difference = linear(length).map((weight, k) => (k < half.length ? 2 * half[k] : 0) - weight);
  const smoothing = linear(last(length));
  const weights = new Float64Array(length + smoothing.length - 1);
  smoothing.forEach((outer, j) => difference.forEach((inner, k) => (weights[j + k] += outer * inner)));
  return weights;
}

export const hma = defineIndicator({
  name: "hma",
  summary: "Hull moving average",
  description:
    "Twice the linearly weighted average over half the length (rounded down) less the one over all of it, smoothed by " +
    "one over the square root of the length (rounded down). Quick to turn, it can run beyond the values that " +
    "it averages. A bar without a value starts the window anew.",
  source: "Alan Hull (2005); Pine v6 ta.hma",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ minimum: 2 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length + last(length) - 2,
  lookback: ([length]) => length + last(length) - 2,
  start: ([length]) => ({ seen: 0, weights: hullWeights(length) }),
  advance(state, _parameters, [source], [out], from, to) {
    const { weights } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      seen = source[i] === source[i] ? seen + 1 : 0;
      out[i] = seen < weights.length ? NaN : weigh(source, i, weights);
    }
    state.seen = seen;
  },
  examples: [
    // 2 × newest − (old + 2 × newest) / 3
    { parameters: [2], inputs: { source: [3, 6, 3] }, outputs: { value: [null, 7, 2] } },
    // The differences are 13/3 and 38/15 on the last two bars.
    {
      parameters: [4],
      inputs: { source: [1, 2, 3, 4, 2] },
      outputs: { value: [null, null, null, null, 47 / 15] },
    },
  ],
});
