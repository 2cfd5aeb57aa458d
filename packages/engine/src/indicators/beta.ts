import { defineIndicator, length } from "../indicator.js";
import { negligible } from "../negligible.js";
import { barsBetweenRebuilds } from "../rebuild.js";

/** The relative change from one bar to the next; TA-Lib lets a change from zero count as none. */
const change = (previous: number, value: number): number =>
  Math.abs(previous) < negligible ? 0 : (value - previous) / previous;

export const beta = defineIndicator({
  name: "beta",
  summary: "Beta",
  description:
    "How much `source` moves, relatively, for a relative move of `market`: the slope of the least-squares line of its " +
    "last `length` one-bar returns over those of the market. 0 where the market's returns do not differ (their spread is below 1e-14); a return from " +
    "0 counts as 0. A bar on which either has no return starts the window anew.",
  source: "TA-Lib 0.6 BETA, to the bit (the market comes first, as it does there)",
  formula: "the slope of the line of source / source[1] − 1 over market / market[1] − 1",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [
    { name: "market", type: "same" },
    { name: "source", type: "same" },
  ],
  parameters: [length({ default: 5 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: () => ({ seen: 0, sumX: 0, sumY: 0, sumXX: 0, sumXY: 0 }),
  advance(state, [length], [market, source], [out], from, to) {
    let { seen, sumX, sumY, sumXX, sumXY } = state;
    for (let i = from; i < to; i++) {
      const x = change(market[i - 1], market[i]);
      const y = change(source[i - 1], source[i]);
      if (x !== x || y !== y) {
        seen = sumX = sumY = sumXX = sumXY = 0;
        out[i] = NaN;
        continue;
      }
      sumXX += x * x;
      sumXY += x * y;
      sumX += x;
      sumY += y;
      seen++;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      const spread = length * sumXX - sumX * sumX;
      out[i] = Math.abs(spread) < negligible ? 0 : (length * sumXY - sumX * sumY) / spread;
      const oldX = change(market[i - length], market[i - length + 1]);
      const oldY = change(source[i - length], source[i - length + 1]);
      sumXX -= oldX * oldX;
      sumXY -= oldX * oldY;
      sumX -= oldX;
      sumY -= oldY;
      if (seen % barsBetweenRebuilds === 0) {
        sumX = sumY = sumXX = sumXY = 0;
        for (let k = i - length + 2; k <= i; k++) {
          const keptX = change(market[k - 1], market[k]);
          const keptY = change(source[k - 1], source[k]);
          sumXX += keptX * keptX;
          sumXY += keptX * keptY;
          sumX += keptX;
          sumY += keptY;
        }
      }
    }
    state.seen = seen;
    state.sumX = sumX;
    state.sumY = sumY;
    state.sumXX = sumXX;
    state.sumXY = sumXY;
  },
  examples: [
    {
      // Returns of the market: 1, -0.5, 0, 0; of the source: 0.5, 0, -1 / 3, 0.
      parameters: [2],
      inputs: { market: [1, 2, 1, 1, 1], source: [2, 3, 3, 2, 2] },
      outputs: { value: [null, null, 1 / 3, -2 / 3, 0] },
    },
    {
      parameters: [2],
      inputs: { market: [1, 2, null, 1, 2, 1], source: [1, 2, 2, 2, 3, 3] },
      outputs: { value: [null, null, null, null, null, 1 / 3] },
    },
  ],
});
