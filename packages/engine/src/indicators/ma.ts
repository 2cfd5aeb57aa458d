import { defineIndicator, length } from "../indicator.js";
import {
  advanceAverage,
  averageIsShiftBound,
  averageLookback,
  averageWarmup,
  kind,
  startAverage,
} from "../moving-average.js";

export const ma = defineIndicator({
  name: "ma",
  summary: "Moving average of any kind",
  description:
    "The moving average that `ma` names, to the bit, so that its kind can be a parameter of a program: `ma(close, 20, ema)` " +
    "is `ema(close, 20)`. `mama` has no length, so that it does not matter there. A bar without a value does what it does " +
    "to an average of that kind.",
  source: "TA-Lib 0.6 MA, to the bit",
  formula: "the average that `ma` names",
  gaps: { described: "It does to each average what it does to one of that kind." },
  isShiftBound: ([length, ma]) => averageIsShiftBound(ma, length),
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 }), kind()],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length, ma]) => averageWarmup(ma, length),
  lookback: ([length, ma]) => averageLookback(ma, length),
  start: ([length, ma]) => startAverage(ma, length),
  advance(state, [length, ma], [source], [out], from, to) {
    advanceAverage(state, [ma, length], source, out, from, to);
  },
  examples: [
    { parameters: [3, 0], inputs: { source: [1, 2, 3, 4, 8] }, outputs: { value: [null, null, 2, 3, 5] } },
    { parameters: [3, 1], inputs: { source: [1, 2, 3, 4, 8] }, outputs: { value: [null, null, 2, 3, 5.5] } },
    { parameters: [1, 7], inputs: { source: [4, null, 6] }, outputs: { value: [4, null, 6] } },
  ],
});
