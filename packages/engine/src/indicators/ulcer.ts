import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { highest } from "./highest.js";
import { sma } from "./sma.js";

export const ulcer = defineIndicator({
  name: "ulcer",
  summary: "Ulcer index",
  description:
    "The root mean square of how many percent the last `length` values lay below the highest of the `length` values up to each.",
  source: "Martin and McCann, The Investor's Guide to Fidelity Funds (1989)",
  formula: "√ sma((100 × (x / highest(x) − 1))²)",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 14 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => 2 * (length - 1),
  lookback: () => 0,
  start: ([length]) => ({ high: startThrough(highest, [length]), mean: startThrough(sma, [length]) }),
  advance(state, [length], [source], [out], from, to) {
    const top = through(state.high, highest, [length]);
    const mean = through(state.mean, sma, [length]);
    for (let i = from; i < to; i++) {
      const square = mean((100 * (source[i] / top(source[i]) - 1)) ** 2);
      // Rounding can leave a running sum of squares just below zero.
      out[i] = Math.sqrt(square < 0 ? 0 : square);
    }
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [10, 9, 18, 9] },
      outputs: { value: [null, null, Math.sqrt(50), Math.sqrt(1250)] },
    },
  ],
});
