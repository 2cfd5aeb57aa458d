import { defineMetric } from "../metric.js";
import { profitOf, tradesOn } from "./facts/closed-trades.js";

export const shortNetProfit = defineMetric({
  name: "short_net_profit",
  title: "Net profit, short",
  unit: "money",
  better: "higher",
  formula: "sum of the net profits of closed short trades",
  source: "definition",
  compute: (context) => profitOf(tradesOn("short", context)),
});
