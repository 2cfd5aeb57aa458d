import { defineEntryGate } from "../define-gate.js";

export const max_order_notional = defineEntryGate({
  name: "max_order_notional",
  code: "order_notional_too_large",
  summary: "Value of one order at its limit or trigger, or at the last price for a market order.",
  measured: "value of the order",
  unit: "money",
  per: ["account"],
  lasts: "resume",
  example: { most: 25_000 },
  measure: ({ proposal: { quantity, price, lastPrice, unitWorth } }) =>
    Math.abs(quantity * (price ?? lastPrice) * unitWorth),
});
