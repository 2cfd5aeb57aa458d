import { defineIndicator, length } from "../indicator.js";
import { maxindex } from "./maxindex.js";
import { minindex } from "./minindex.js";

export const minmaxindex = defineIndicator({
  name: "minmaxindex",
  summary: "Indexes of the lowest and the highest value",
  description:
    "`minindex` (`min`) and `maxindex` (`max`) in one. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 MINMAXINDEX, exact",
  formula: "the bars of min and max of source … source[length − 1]",
  gaps: { described: "It starts the window anew, but is counted." },
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30, minimum: 2 })],
  outputs: [
    { name: "min", type: "bars" },
    { name: "max", type: "bars" },
  ],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: (parameters) => ({ lowest: minindex.start(parameters), highest: maxindex.start(parameters) }),
  advance({ lowest, highest }, parameters, inputs, [min, max], from, to) {
    minindex.advance(lowest, parameters, inputs, [min], from, to);
    maxindex.advance(highest, parameters, inputs, [max], from, to);
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [5, 1, 2, 3, 0, 0, 0] },
      outputs: { min: [null, null, 1, 1, 4, 5, 6], max: [null, null, 0, 3, 3, 3, 4] },
    },
  ],
});
