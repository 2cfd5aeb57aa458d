import { defineAccountGate } from "../define-gate.js";

export const daily_loss = defineAccountGate({
  name: "daily_loss",
  code: "daily_loss_reached",
  summary: "Share of the equity at the end of the last session day that has been lost since.",
  measured: "loss of the day",
  unit: "lost share",
  lasts: "session",
  example: { most: "2%", action: "halt" },
  measure: ({ equity, sessionEquity }) =>
    sessionEquity > 0 ? (sessionEquity - equity) / sessionEquity : NaN,
});
