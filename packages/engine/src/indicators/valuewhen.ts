import { defineIndicator } from "../indicator.js";

export const valuewhen = defineIndicator({
  name: "valuewhen",
  summary: "The value on the last bar on which a condition was true",
  description: "Holds the value that `source` had when the condition was last true; no value before that.",
  source: "Pine v6 ta.valuewhen with occurrence 0; AmiBroker ValueWhen",
  inputs: [
    { name: "condition", type: "bool" },
    { name: "source", type: "same" },
  ],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ held: NaN }),
  advance(state, _parameters, [condition, source], [out], from, to) {
    let { held } = state;
    for (let i = from; i < to; i++) {
      if (condition[i] === 1) held = source[i];
      out[i] = held;
    }
    state.held = held;
  },
  examples: [
    {
      parameters: [],
      inputs: { condition: [0, 1, 0, null, 1], source: [5, 6, 7, 8, 9] },
      outputs: { value: [null, 6, 6, 6, 9] },
    },
  ],
});
