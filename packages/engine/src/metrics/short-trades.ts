import { defineMetric } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const shortTrades = defineMetric({
  name: "short_trades",
  title: "Short trades",
  unit: "count",
  better: "neither",
  formula: "number of closed short trades",
  source: "definition",
  compute: (context) => tradeTally(context).short.trades,
});
