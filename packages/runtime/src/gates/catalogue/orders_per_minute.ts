import { defineEntryGate } from "../define-gate.js";

export const orders_per_minute = defineEntryGate({
  name: "orders_per_minute",
  code: "orders_too_fast",
  summary: "Orders and replacements of the last 60 seconds, with this one.",
  measured: "orders in a minute",
  unit: "count",
  per: ["account", "strategy", "symbol"],
  countsExits: true,
  counting: { windowMs: 60_000, countsReplacements: true },
  lasts: "resume",
  example: { most: 30 },
  measure: ({ counted }) => counted + 1,
});
