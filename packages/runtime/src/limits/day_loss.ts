import { defineLimit } from "../limit.js";

export const day_loss = defineLimit({
  name: "day_loss",
  summary: "Share of the equity at the start of the session that has been lost in it.",
  unit: "ratio",
  measure: ({ equity, sessionEquity }) => 1 - equity / sessionEquity,
  acts: "at",
  lasts: "session",
});
