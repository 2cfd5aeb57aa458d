import { defineEntryGate } from "../define-gate.js";

export const max_open_orders = defineEntryGate({
  name: "max_open_orders",
  code: "too_many_open_orders",
  summary:
    "Orders of any purpose that rest or are on their way, with this one; one that replaces another adds none.",
  measured: "open orders with this one",
  unit: "count",
  per: ["account", "strategy", "symbol", "sector"],
  lasts: "resume",
  example: { most: 15, per: "symbol" },
  measure: ({ proposal, holdings }) => {
    if (proposal.isReplacement) return 0;
    let open = 1;
    for (const holding of holdings) open += holding.openOrders;
    return open;
  },
});
