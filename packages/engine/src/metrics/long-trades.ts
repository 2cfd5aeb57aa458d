import { defineMetric } from "../metric.js";
import { tradesOn } from "./facts/closed-trades.js";

export const longTrades = defineMetric({
  name: "long_trades",
  title: "Long trades",
  unit: "count",
  better: "neither",
  formula: "number of closed long trades",
  source: "definition",
  compute: (context) => tradesOn("long", context).length,
});
