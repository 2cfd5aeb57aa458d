import { trueRange } from "../directional.js";
import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { highest } from "./highest.js";
import { lowest } from "./lowest.js";
import { sum } from "./sum.js";

export const choppiness = defineIndicator({
  name: "choppiness",
  summary: "Choppiness index",
  description:
    "How much of its way the market went to and fro: near 100 where the ranges of the last `length` bars lie on each other, " +
    "near 0 where they stand on one another; 100 where there is no range. The first bar has no true range.",
  source: "E. W. Dreiss; the true range is Wilder's",
  formula: "100 × log(Σ true range / (highest(high) − lowest(low))) / log(length)",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: ([length]) => ({
    range: startThrough(sum, [length]),
    high: startThrough(highest, [length]),
    low: startThrough(lowest, [length]),
  }),
  advance(state, [length], [high, low, close], [out], from, to) {
    const scale = 100 / Math.log(length);
    const ranges = through(state.range, sum, [length]);
    const top = through(state.high, highest, [length]);
    const bottom = through(state.low, lowest, [length]);
    for (let i = from; i < to; i++) {
      const way = ranges(trueRange(high, low, close, i));
      const range = top(high[i]) - bottom(low[i]);
      out[i] = way > 0 && range > 0 ? scale * Math.log(way / range) : way + range === way + range ? 100 : NaN;
    }
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [5, 6, 7, 6], low: [4, 5, 5, 4], close: [5, 5, 6, 5] },
      outputs: { value: [null, null, 100 * Math.log2(3 / 2), 100 * Math.log2(4 / 3)] },
    },
  ],
});
