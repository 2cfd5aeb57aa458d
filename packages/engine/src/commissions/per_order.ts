import { defineCommission } from "../commission.js";

export const per_order = defineCommission({
  name: "per_order",
  summary: "Money for each order that trades at all, however large it is and in how many fills.",
  source: "Brokers with a flat fee.",
  on(instrument, [amount]) {
    const money = instrument.money(amount);
    return () => money;
  },
  isOfWholeOrder: () => true,
});
