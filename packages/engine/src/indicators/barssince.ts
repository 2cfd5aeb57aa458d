import { defineIndicator } from "../indicator.js";

export const barssince = defineIndicator({
  name: "barssince",
  summary: "Bars since a condition was true",
  description:
    "0 on a bar on which the condition is true, then 1, 2, …; no value before it has been true once.",
  source: "Pine v6 ta.barssince",
  formula: "0 where the condition is true, else value[1] + 1",
  gaps: {
    described:
      "A bar on which it is not known whether the condition is true counts as one on which it is not.",
  },
  cost: "constant",
  inputs: [{ name: "condition", type: "bool" }],
  outputs: [{ name: "value", type: "bars" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ count: NaN }),
  advance(state, _parameters, [condition], [out], from, to) {
    let { count } = state;
    for (let i = from; i < to; i++) {
      count = condition[i] === 1 ? 0 : count + 1;
      out[i] = count;
    }
    state.count = count;
  },
  examples: [
    { parameters: [], inputs: { condition: [0, 1, 0, null, 1] }, outputs: { value: [null, 0, 1, 2, 0] } },
  ],
});
