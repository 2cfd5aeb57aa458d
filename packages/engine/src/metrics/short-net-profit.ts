import { defineMetric } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const shortNetProfit = defineMetric({
  name: "short_net_profit",
  title: "Net profit, short",
  unit: "money",
  better: "higher",
  formula: "sum of the net profits of closed short trades",
  source: "definition",
  compute: (context) => tradeTally(context).short.profit,
});
