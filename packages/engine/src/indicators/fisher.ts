import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { highest } from "./highest.js";
import { lowest } from "./lowest.js";

export const fisher = defineIndicator({
  name: "fisher",
  summary: "Fisher transform",
  description:
    "Where the value stands in its range of the last `length` bars, smoothed and stretched so that its distribution is " +
    "nearer to a bell and turns are sharp; a value without a range stands in the middle. `trigger` is that of the bar before. " +
    "It is usually taken of `hl2`.",
  source: "Ehlers, Technical Analysis of Stocks & Commodities 20:11 (2002)",
  formula: "v = 0.66 (place − ½) + 0.67 v[1], within ±0.999; value = ½ ln((1 + v) / (1 − v)) + ½ value[1]",
  memory: "endless",
  seeding: "What comes before the first value counts as 0.",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "price" }],
  parameters: [length({ default: 10 })],
  outputs: [
    { name: "value", type: "ratio" },
    { name: "trigger", type: "ratio" },
  ],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({
    high: startThrough(highest, [length]),
    low: startThrough(lowest, [length]),
    place: 0,
    fisher: 0,
  }),
  advance(state, [length], [source], [value, trigger], from, to) {
    const top = through(state.high, highest, [length]);
    const bottom = through(state.low, lowest, [length]);
    for (let i = from; i < to; i++) {
      const low = bottom(source[i]);
      const range = top(source[i]) - low;
      value[i] = trigger[i] = NaN;
      if (range !== range) {
        state.place = state.fisher = 0;
        continue;
      }
      const place = 0.66 * (range === 0 ? 0 : (source[i] - low) / range - 0.5) + 0.67 * state.place;
      state.place = place > 0.99 ? 0.999 : place < -0.99 ? -0.999 : place;
      trigger[i] = state.fisher;
      state.fisher = 0.5 * Math.log((1 + state.place) / (1 - state.place)) + 0.5 * state.fisher;
      value[i] = state.fisher;
    }
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [1, 2, 2] },
      outputs: {
        value: [null, Math.atanh(0.33), Math.atanh(0.67 * 0.33) + Math.atanh(0.33) / 2],
        trigger: [null, 0, Math.atanh(0.33)],
      },
    },
  ],
});
