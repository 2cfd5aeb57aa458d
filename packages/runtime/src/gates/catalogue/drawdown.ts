import { defineAccountGate } from "../define-gate.js";

export const drawdown = defineAccountGate({
  name: "drawdown",
  code: "drawdown_reached",
  summary: "Share of the highest equity that has been lost.",
  measured: "drawdown",
  unit: "lost share",
  lasts: "resume",
  example: { most: "15%", action: "flatten" },
  measure: ({ equity, highestEquity }) =>
    highestEquity > 0 ? (highestEquity - equity) / highestEquity : NaN,
});
