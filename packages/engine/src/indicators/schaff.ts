import { defineIndicator } from "../indicator.js";
import type { KernelState } from "../kernel.js";
import { startThrough, through, type Through } from "../through.js";
import { ema } from "./ema.js";
import { highest } from "./highest.js";
import { lowest } from "./lowest.js";

interface Stage extends KernelState {
  high: Through;
  low: Through;
  place: number;
  average: number;
}

const startStage = (cycle: number): Stage => ({
  high: startThrough(highest, [cycle]),
  low: startThrough(lowest, [cycle]),
  place: 0,
  average: NaN,
});

/** Where a value stands in its range, in percent, each bar going half of the way there. */
function smoothedPlace(stage: Stage, cycle: number): (value: number) => number {
  const top = through(stage.high, highest, [cycle]);
  const bottom = through(stage.low, lowest, [cycle]);
  return (value) => {
    const low = bottom(value);
    const range = top(value) - low;
    if (range !== range) {
      stage.place = 0;
      return (stage.average = NaN);
    }
    if (range > 0) stage.place = (100 * (value - low)) / range;
    stage.average =
      stage.average === stage.average ? stage.average + 0.5 * (stage.place - stage.average) : stage.place;
    return stage.average;
  };
}

export const schaff = defineIndicator({
  name: "schaff",
  summary: "Schaff trend cycle",
  description:
    "The difference of two exponential averages, as its place in its range of the last `cycle` bars, and that place once " +
    "more: between 0 and 100, and sooner at an end than the difference turns. Without a range the last place holds.",
  source: "Doug Schaff (1999)",
  formula: "p = place(ema(x, fast) − ema(x, slow), cycle); value = place(p, cycle); each smoothed by half",
  memory: "endless",
  seeding: "The averages are seeded as `ema` is; the first place is not smoothed, and 0 without a range.",
  gaps: { described: "It leaves the averages as they were, and starts the windows of the places anew." },
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "fast", type: "bars", minimum: 1, default: 23 },
    { name: "slow", type: "bars", minimum: 1, default: 50 },
    { name: "cycle", type: "bars", minimum: 1, default: 10 },
  ],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([fast, slow, cycle]) => Math.max(fast, slow) - 1 + 2 * (cycle - 1),
  lookback: () => 0,
  start: ([fast, slow, cycle]) => ({
    fast: startThrough(ema, [fast]),
    slow: startThrough(ema, [slow]),
    first: startStage(cycle),
    second: startStage(cycle),
  }),
  advance(state, [fast, slow, cycle], [source], [out], from, to) {
    const fastAverage = through(state.fast, ema, [fast]);
    const slowAverage = through(state.slow, ema, [slow]);
    const first = smoothedPlace(state.first, cycle);
    const second = smoothedPlace(state.second, cycle);
    for (let i = from; i < to; i++) out[i] = second(first(fastAverage(source[i]) - slowAverage(source[i])));
  },
  examples: [
    // Differences ½, 1, 0 and ½; places 100, then 50 and 75; of those 0, then 50.
    {
      parameters: [1, 2, 2],
      inputs: { source: [1, 2, 4, 4 - 2 / 3, 4] },
      outputs: { value: [null, null, null, 0, 50] },
    },
  ],
});
