import { defineLimit } from "../limit.js";

export const exposure = defineLimit({
  name: "exposure",
  summary: "Value of the units held, and of those that entries would add, as a share of equity.",
  unit: "ratio",
  measure: ({ held, worth, equity }) => {
    if (held === 0) return 0;
    return equity > 0 ? Math.abs(held * worth) / equity : Infinity;
  },
  acts: "beyond",
});
