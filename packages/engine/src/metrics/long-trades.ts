import { defineMetric } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const longTrades = defineMetric({
  name: "long_trades",
  title: "Long trades",
  unit: "count",
  better: "neither",
  formula: "number of closed long trades",
  source: "definition",
  compute: (context) => tradeTally(context).long.trades,
});
