import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { wma } from "./wma.js";

const last = (length: number): number => Math.floor(Math.sqrt(length));

export const hma = defineIndicator({
  name: "hma",
  summary: "Hull moving average",
  description:
    "Twice the linearly weighted average over half the length (rounded down) less the one over all of it, smoothed by " +
    "one over the square root of the length (rounded down). Quick to turn, it can run beyond the values that " +
    "it averages. A bar without a value starts the window anew.",
  source: "Alan Hull (2005); Pine v6 ta.hma",
  formula: "wma(2 × wma(source, length / 2) − wma(source, length), √length)",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ minimum: 2 })],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length + last(length) - 2,
  lookback: () => 0,
  start: ([length]) => ({
    half: startThrough(wma, [Math.floor(length / 2)]),
    whole: startThrough(wma, [length]),
    smooth: startThrough(wma, [last(length)]),
  }),
  advance(state, [length], [source], [out], from, to) {
    const half = through(state.half, wma, [Math.floor(length / 2)]);
    const whole = through(state.whole, wma, [length]);
    const smooth = through(state.smooth, wma, [last(length)]);
    for (let i = from; i < to; i++) out[i] = smooth(2 * half(source[i]) - whole(source[i]));
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
