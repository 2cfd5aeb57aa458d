import { defineIndicator, length } from "../indicator.js";
import { negligible } from "../negligible.js";
import { barsBetweenRebuilds } from "../rebuild.js";

export const correl = defineIndicator({
  name: "correl",
  summary: "Correlation coefficient",
  description:
    "Pearson's correlation of the last `length` values of two series, from -1 to 1 (rounding may exceed these in the " +
    "last digits); 0 where one of them has not moved, or so little that the product of their sums of squared " +
    "deviations is below 1e-14. A bar on which either has no value starts the window anew.",
  source: "TA-Lib 0.6 CORREL, to the bit",
  formula: "(n Σxy − Σx Σy) / √((n Σx² − (Σx)²) × (n Σy² − (Σy)²))",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  names: { pine: "correlation" },
  inputs: [
    { name: "first", type: "same" },
    { name: "second", type: "same" },
  ],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, sumX: 0, sumY: 0, sumXX: 0, sumYY: 0, sumXY: 0 }),
  advance(state, [length], [first, second], [out], from, to) {
    let { seen, sumX, sumY, sumXX, sumYY, sumXY } = state;
    for (let i = from; i < to; i++) {
      const x = first[i];
      const y = second[i];
      if (x !== x || y !== y) {
        seen = sumX = sumY = sumXX = sumYY = sumXY = 0;
        out[i] = NaN;
        continue;
      }
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumYY += y * y;
      sumXY += x * y;
      seen++;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      const spread = (sumXX - (sumX * sumX) / length) * (sumYY - (sumY * sumY) / length);
      out[i] = spread < negligible ? 0 : (sumXY - (sumX * sumY) / length) / Math.sqrt(spread);
      const oldX = first[i - length + 1];
      const oldY = second[i - length + 1];
      sumX -= oldX;
      sumY -= oldY;
      sumXX -= oldX * oldX;
      sumYY -= oldY * oldY;
      sumXY -= oldX * oldY;
      if (seen % barsBetweenRebuilds === 0) {
        sumX = sumY = sumXX = sumYY = sumXY = 0;
        for (let k = i - length + 2; k <= i; k++) {
          sumX += first[k];
          sumY += second[k];
          sumXX += first[k] * first[k];
          sumYY += second[k] * second[k];
          sumXY += first[k] * second[k];
        }
      }
    }
    state.seen = seen;
    state.sumX = sumX;
    state.sumY = sumY;
    state.sumXX = sumXX;
    state.sumYY = sumYY;
    state.sumXY = sumXY;
  },
  examples: [
    {
      parameters: [3],
      inputs: { first: [1, 2, 3, 1], second: [1, 3, 2, 2] },
      outputs: { value: [null, null, 0.5, 0] },
    },
    {
      parameters: [2],
      inputs: { first: [1, 2, null, 4, 5, 5], second: [7, 4, 3, 2, 6, 8] },
      outputs: { value: [null, -1, null, null, 1, 0] },
    },
  ],
});
