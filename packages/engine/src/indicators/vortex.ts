import { trueRange } from "../directional.js";
import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { sum } from "./sum.js";

export const vortex = defineIndicator({
  name: "vortex",
  summary: "Vortex indicator",
  description:
    "How far highs reach from the lows before them (`plus`) and lows from the highs before them (`minus`), each as a share " +
    "of the true ranges of the last `length` bars; 0 where there is no range.",
  source: "Botes and Siepman, Technical Analysis of Stocks & Commodities 28:1 (2010)",
  formula: "plus = Σ |high − low[1]| / Σ true range; minus = Σ |low − high[1]| / Σ true range",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14 })],
  outputs: [
    { name: "plus", type: "ratio" },
    { name: "minus", type: "ratio" },
  ],
  warmup: ([length]) => length,
  lookback: () => 1,
  start: ([length]) => ({
    up: startThrough(sum, [length]),
    down: startThrough(sum, [length]),
    range: startThrough(sum, [length]),
  }),
  advance(state, [length], [high, low, close], [plus, minus], from, to) {
    const ups = through(state.up, sum, [length]);
    const downs = through(state.down, sum, [length]);
    const ranges = through(state.range, sum, [length]);
    for (let i = from; i < to; i++) {
      const range = trueRange(high, low, close, i);
      const total = ranges(range);
      const up = ups(range === range ? Math.abs(high[i] - low[i - 1]) : NaN);
      const down = downs(range === range ? Math.abs(low[i] - high[i - 1]) : NaN);
      plus[i] = total === 0 ? 0 : up / total;
      minus[i] = total === 0 ? 0 : down / total;
    }
  },
  examples: [
    {
      parameters: [1],
      inputs: { high: [5, 7], low: [3, 4], close: [5, 5] },
      outputs: { plus: [null, 4 / 3], minus: [null, 1 / 3] },
    },
  ],
});
