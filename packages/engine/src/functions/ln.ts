import { defineFunction } from "../function.js";

export const ln = defineFunction({
  name: "ln",
  summary: "Natural logarithm",
  description:
    "The power to which e is the value; none of zero and of values below it. Of a price it is that of its number.",
  source: "TA-Lib 0.6 LN; Pine v6 math.log",
  inputs: [{ name: "x", type: "same" }],
  output: "ratio",
  evaluate: (x: number) => Math.log(x),
  examples: [
    { inputs: [1], output: 0 },
    { inputs: [7.38905609893065], output: 2 },
    { inputs: [0], output: null },
    { inputs: [-1], output: null },
    { inputs: [null], output: null },
  ],
});
