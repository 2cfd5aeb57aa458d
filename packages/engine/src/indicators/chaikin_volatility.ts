import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { ema } from "./ema.js";
import { roc } from "./roc.js";

export const chaikin_volatility = defineIndicator({
  name: "chaikin_volatility",
  summary: "Chaikin volatility",
  description:
    "By how many percent the exponential average of the bar's range stands above itself `change` bars before.",
  source: "Marc Chaikin; Achelis, Technical Analysis from A to Z (1995)",
  formula: "roc(ema(high − low, length), change)",
  memory: "endless",
  seeding: "The average is seeded as `ema` is.",
  gaps: { described: "It leaves the average as it was, and there is no change over a window that holds it." },
  cost: "constant",
  fields: ["high", "low"],
  parameters: [length({ default: 10 }), { name: "change", type: "bars", minimum: 1, default: 10 }],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length, change]) => length - 1 + change,
  lookback: () => 0,
  start: ([length, change]) => ({
    average: startThrough(ema, [length]),
    change: startThrough(roc, [change]),
  }),
  advance(state, [length, change], [high, low], [out], from, to) {
    const average = through(state.average, ema, [length]);
    const rate = through(state.change, roc, [change]);
    for (let i = from; i < to; i++) out[i] = rate(average(high[i] - low[i]));
  },
  examples: [
    { parameters: [1, 1], inputs: { high: [5, 7, 6], low: [3, 4, 3] }, outputs: { value: [null, 50, 0] } },
  ],
});
