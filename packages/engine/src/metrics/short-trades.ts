import { defineMetric } from "../metric.js";
import { tradesOn } from "./facts/closed-trades.js";

export const shortTrades = defineMetric({
  name: "short_trades",
  title: "Short trades",
  unit: "count",
  better: "neither",
  formula: "number of closed short trades",
  source: "definition",
  compute: (context) => tradesOn("short", context).length,
});
