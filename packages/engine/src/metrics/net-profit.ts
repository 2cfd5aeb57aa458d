import { lastOf } from "../curve.js";
import { defineMetric } from "../metric.js";

export const netProfit = defineMetric({
  name: "net_profit",
  title: "Net profit",
  unit: "money",
  better: "higher",
  formula: "last equity − initial capital − deposits + withdrawals",
  source: "definition",
  compute: ({ equity, initialCapital, externalFlows }) => {
    const profit = lastOf(equity, initialCapital) - initialCapital;
    return externalFlows.reduce((left, { amount }) => left - amount, profit);
  },
});
