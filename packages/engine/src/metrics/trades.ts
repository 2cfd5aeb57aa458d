import { defineMetric } from "../metric.js";
import { closedTrades } from "./facts/closed-trades.js";

export const trades = defineMetric({
  name: "trades",
  title: "Closed trades",
  unit: "count",
  better: "neither",
  formula: "number of closed trades",
  source: "definition",
  compute: (context) => closedTrades(context).length,
});
