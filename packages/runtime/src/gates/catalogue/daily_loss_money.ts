import { defineAccountGate } from "../define-gate.js";

export const daily_loss_money = defineAccountGate({
  name: "daily_loss_money",
  code: "daily_loss_money_reached",
  summary: "Money lost since the end of the last session day.",
  measured: "loss of the day",
  unit: "money",
  lasts: "session",
  example: { most: 1_000, action: "flatten" },
  measure: ({ equity, sessionEquity }) => sessionEquity - equity,
});
