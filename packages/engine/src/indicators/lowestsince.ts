import { defineIndicator } from "../indicator.js";

// The mirror of highestsince.ts, written out: a comparison passed to one shared loop would cost every bar a call.
export const lowestsince = defineIndicator({
  name: "lowestsince",
  summary: "Lowest value since a condition was true",
  description:
    "The smallest value from the last bar on which the condition was true up to this one; no value before that. " +
    "Bars without a value are passed over.",
  source: "AmiBroker LowestSince",
  formula: "min of the values since the condition was true",
  gaps: { described: "It is passed over." },
  cost: "constant",
  inputs: [
    { name: "condition", type: "bool" },
    { name: "source", type: "same" },
  ],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ started: 0, best: NaN }),
  advance(state, _parameters, [condition, source], [out], from, to) {
    let { started, best } = state;
    for (let i = from; i < to; i++) {
      if (condition[i] === 1) {
        started = 1;
        best = NaN;
      }
      const value = source[i];
      if (started === 1 && (best !== best || value < best)) best = value;
      out[i] = best;
    }
    state.started = started;
    state.best = best;
  },
  examples: [
    {
      parameters: [],
      inputs: { condition: [0, 1, 0, 0, 1, 0], source: [5, 7, 6, 9, 2, 3] },
      outputs: { value: [null, 7, 6, 6, 2, 2] },
    },
  ],
});
