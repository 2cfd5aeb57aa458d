import { defineMetric } from "../metric.js";

export const netProfit = defineMetric({
  name: "net_profit",
  title: "Net profit",
  unit: "money",
  better: "higher",
  formula: "last equity − initial capital − deposits + withdrawals",
  source: "definition",
  compute: ({ equity, initialCapital, externalFlows }) => {
    const last = equity.at(-1) ?? initialCapital;
    return externalFlows.reduce((profit, { amount }) => profit - amount, last - initialCapital);
  },
});
