import { defineLimit } from "../limit.js";

export const losses = defineLimit({
  name: "losses",
  summary: "Trades lost in a row.",
  unit: "count",
  measure: (account) => account.lossesInARow,
  acts: "at",
});
