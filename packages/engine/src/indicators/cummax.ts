import { defineIndicator } from "../indicator.js";

// The mirror of cummin.ts, written out: a comparison passed to one shared loop would cost every bar a call.
export const cummax = defineIndicator({
  name: "cummax",
  summary: "Highest value so far",
  description:
    "The largest of all values from the first bar of the history on. A bar without a value has none and leaves the next " +
    "one as it was.",
  source: "Pine v6 ta.max, under the name it has in pandas",
  formula: "max(value[1], source)",
  memory: "endless",
  seeding: "It begins with the first value.",
  gaps: "skip",
  cost: "constant",
  names: { pine: "max" },
  inputs: [{ name: "source", type: "same" }],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ best: NaN }),
  advance(state, _parameters, [source], [out], from, to) {
    let { best } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value > best || best !== best) best = value;
      out[i] = value === value ? best : NaN;
    }
    state.best = best;
  },
  examples: [
    { parameters: [], inputs: { source: [5, null, 4, 7, 6] }, outputs: { value: [5, null, 5, 7, 7] } },
  ],
});
