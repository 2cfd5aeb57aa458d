import { defineEntryGate } from "../define-gate.js";

export const max_order_quantity = defineEntryGate({
  name: "max_order_quantity",
  code: "order_quantity_too_large",
  summary: "Units of one order: a slip of a finger, or of a formula.",
  measured: "units of the order",
  unit: "units",
  per: ["symbol"],
  lasts: "resume",
  example: { most: 500, symbol: "AAPL" },
  measure: ({ proposal }) => proposal.quantity,
});
