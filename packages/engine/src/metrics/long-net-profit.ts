import { defineMetric } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const longNetProfit = defineMetric({
  name: "long_net_profit",
  title: "Net profit, long",
  unit: "money",
  better: "higher",
  formula: "sum of the net profits of closed long trades",
  source: "definition",
  compute: (context) => tradeTally(context).long.profit,
});
