import { defineAccountGate } from "../define-gate.js";

export const losses_in_a_row = defineAccountGate({
  name: "losses_in_a_row",
  code: "too_many_losses",
  summary: "Trades lost in a row.",
  measured: "trades lost in a row",
  unit: "count",
  lasts: "resume",
  example: { most: 5, action: "reduce" },
  measure: ({ lossesInARow }) => lossesInARow,
});
