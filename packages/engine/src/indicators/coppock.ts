import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { roc } from "./roc.js";
import { wma } from "./wma.js";

export const coppock = defineIndicator({
  name: "coppock",
  summary: "Coppock curve",
  description:
    "A weighted average of two rates of change, in percent, meant for monthly bars: long-term investors buy where it turns " +
    "up below 0.",
  source: "Coppock, Barron's, 15 October 1962",
  formula: "wma(roc(x, long) + roc(x, short), length)",
  memory: "window",
  gaps: "spread",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "long", type: "bars", minimum: 1, default: 14 },
    { name: "short", type: "bars", minimum: 1, default: 11 },
    length({ default: 10 }),
  ],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([long, short, length]) => Math.max(long, short) + length - 1,
  lookback: () => 0,
  start: ([long, short, length]) => ({
    long: startThrough(roc, [long]),
    short: startThrough(roc, [short]),
    average: startThrough(wma, [length]),
  }),
  advance(state, [long, short, length], [source], [out], from, to) {
    const slow = through(state.long, roc, [long]);
    const fast = through(state.short, roc, [short]);
    const average = through(state.average, wma, [length]);
    for (let i = from; i < to; i++) out[i] = average(slow(source[i]) + fast(source[i]));
  },
  examples: [
    // 400 + 100, then 200 + 100 percent.
    {
      parameters: [2, 1, 2],
      inputs: { source: [1, 2.5, 5, 10] },
      outputs: { value: [null, null, null, (500 + 2 * 400) / 3] },
    },
  ],
});
