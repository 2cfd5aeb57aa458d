import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { sum } from "./sum.js";

export const regime = defineIndicator({
  name: "regime",
  summary: "Market regime",
  description:
    "Whether the market trends: `efficiency` is the way from the value `length` bars before to this one as a share of the way " +
    "that was gone, 0 where nothing moved. `trend` is 1 (up) or −1 (down) where the efficiency is at least `threshold`, else 0.",
  source: "Kaufman, Trading Systems and Methods, efficiency ratio",
  formula: "efficiency = |x − x[length]| / Σ |x − x[1]|",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 20 }), { name: "threshold", type: "number", minimum: 0, default: 0.3 }],
  outputs: [
    { name: "trend", type: "ratio" },
    { name: "efficiency", type: "ratio" },
  ],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: ([length]) => ({ way: startThrough(sum, [length]) }),
  advance(state, [length, threshold], [source], [trend, efficiency], from, to) {
    const sumOf = through(state.way, sum, [length]);
    for (let i = from; i < to; i++) {
      const way = sumOf(Math.abs(source[i] - source[i - 1]));
      const change = source[i] - source[i - length];
      efficiency[i] = way === way ? (way > 0 ? Math.min(1, Math.abs(change) / way) : 0) : NaN;
      trend[i] = way !== way ? NaN : efficiency[i] < threshold || change === 0 ? 0 : change > 0 ? 1 : -1;
    }
  },
  examples: [
    {
      parameters: [2, 0.5],
      inputs: { source: [1, 3, 5, 4, 2] },
      outputs: { trend: [null, null, 1, 0, -1], efficiency: [null, null, 1, 1 / 3, 1] },
    },
  ],
});
