import { defineIndicator } from "@bitfever/engine";

/** An indicator of one's own: twice a value. */
export const doubled = defineIndicator({
  name: "doubled",
  summary: "Twice a value",
  description: "A value two times.",
  source: "made up",
  formula: "2 × source",
  memory: "window",
  gaps: "spread",
  isShiftBound: () => true,
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({}),
  advance(_, __, [source], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = 2 * source[i];
  },
  examples: [{ parameters: [], inputs: { source: [1, null] }, outputs: { value: [2, null] } }],
});
