import { defineRolling } from "../rolling.js";

export const rollingReturn = defineRolling({
  name: "return",
  title: "Return",
  unit: "ratio",
  formula: "product of 1 + session return over the window − 1",
  source: "definition",
  compute: ({ own }) => own.reduce((product, each) => product * (1 + each), 1) - 1,
});
