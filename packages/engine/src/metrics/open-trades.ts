import { defineMetric } from "../metric.js";
import { closedTrades } from "./facts/closed-trades.js";

export const openTrades = defineMetric({
  name: "open_trades",
  title: "Open trades",
  unit: "count",
  better: "neither",
  formula: "number of trades still open at the last bar",
  source: "definition",
  compute: (context) => context.trades.length - closedTrades(context).length,
});
