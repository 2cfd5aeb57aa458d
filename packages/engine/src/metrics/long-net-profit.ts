import { defineMetric } from "../metric.js";
import { profitOf, tradesOn } from "./facts/closed-trades.js";

export const longNetProfit = defineMetric({
  name: "long_net_profit",
  title: "Net profit, long",
  unit: "money",
  better: "higher",
  formula: "sum of the net profits of closed long trades",
  source: "definition",
  compute: (context) => profitOf(tradesOn("long", context)),
});
