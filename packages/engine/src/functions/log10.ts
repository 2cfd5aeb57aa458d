import { defineFunction } from "../function.js";

export const log10 = defineFunction({
  name: "log10",
  summary: "Decimal logarithm",
  description:
    "The power to which 10 is the value; none of zero and of values below it. Of a price it is that of its number.",
  source: "TA-Lib 0.6 LOG10; Pine v6 math.log10",
  inputs: [{ name: "x", type: "same" }],
  output: "ratio",
  evaluate: (x: number) => Math.log10(x),
  examples: [
    { inputs: [1000], output: 3 },
    { inputs: [0.01], output: -2 },
    { inputs: [0], output: null },
    { inputs: [-1], output: null },
    { inputs: [null], output: null },
  ],
});
