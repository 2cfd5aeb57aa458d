import { defineEntryGate } from "../define-gate.js";

export const orders_per_day = defineEntryGate({
  name: "orders_per_day",
  code: "too_many_orders_today",
  summary: "Entries of the session day, with this one; one that replaces another is not counted again.",
  measured: "entries today",
  unit: "count",
  per: ["account", "strategy", "symbol"],
  counting: { windowMs: "session", countsReplacements: false },
  lasts: "session",
  example: { most: 5, per: "symbol" },
  measure: ({ proposal, counted }) => (proposal.isReplacement ? 0 : counted + 1),
});
