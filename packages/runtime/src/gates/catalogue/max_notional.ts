import { defineEntryGate } from "../define-gate.js";
import { worthWith } from "../exposed.js";

export const max_notional = defineEntryGate({
  name: "max_notional",
  code: "notional_too_large",
  summary: "Value at the last prices of what would be held if all entries filled, longs and shorts added up.",
  measured: "value held if all entries fill",
  unit: "money",
  per: ["account", "strategy", "symbol", "sector"],
  lasts: "resume",
  example: { most: 200_000, per: "symbol" },
  measure: worthWith,
});
