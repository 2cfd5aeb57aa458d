import { defineMetric } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const grossProfit = defineMetric({
  name: "gross_profit",
  title: "Gross profit",
  unit: "money",
  better: "higher",
  formula: "sum of the net profits of the winning closed trades",
  source: "definition",
  compute: (context) => tradeTally(context).wins.profit,
});
