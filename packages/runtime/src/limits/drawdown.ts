import { defineLimit } from "../limit.js";

export const drawdown = defineLimit({
  name: "drawdown",
  summary: "Share of the highest equity at a close that has been lost.",
  unit: "ratio",
  measure: (account) => account.drawdown,
  acts: "at",
});
