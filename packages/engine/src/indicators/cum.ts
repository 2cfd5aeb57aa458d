import { defineIndicator } from "../indicator.js";

export const cum = defineIndicator({
  name: "cum",
  summary: "Running total",
  description:
    "The sum of all values so far, from the first bar of the history on. A bar without a value has no total and leaves " +
    "the next one as it was.",
  source: "Pine v6 ta.cum",
  formula: "value[1] + source",
  memory: "endless",
  seeding: "It begins with the first value.",
  gaps: "skip",
  isShiftBound: () => true,
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ total: 0 }),
  advance(state, _parameters, [source], [out], from, to) {
    let { total } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      if (value === value) total += value;
      out[i] = value === value ? total : NaN;
    }
    state.total = total;
  },
  examples: [{ parameters: [], inputs: { source: [1, 3, null, -2] }, outputs: { value: [1, 4, null, 2] } }],
});
