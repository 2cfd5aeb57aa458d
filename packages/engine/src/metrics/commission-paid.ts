import { defineMetric } from "../metric.js";
import { sumOf } from "../statistics.js";

export const commissionPaid = defineMetric({
  name: "commission_paid",
  title: "Commission paid",
  unit: "money",
  better: "lower",
  formula: "sum of commissions of all trades, open ones with their entry",
  source: "definition",
  compute: ({ trades }) => sumOf(trades.commission),
});
