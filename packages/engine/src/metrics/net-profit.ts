import { defineMetric } from "../metric.js";

export const netProfit = defineMetric({
  name: "net_profit",
  title: "Net profit",
  unit: "money",
  better: "higher",
  formula: "last equity − initial capital",
  source: "definition",
  compute: ({ equity, initialCapital }) => (equity.at(-1) ?? initialCapital) - initialCapital,
});
