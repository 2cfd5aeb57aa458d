import { defineMetric } from "../metric.js";

export const openTrades = defineMetric({
  name: "open_trades",
  title: "Open trades",
  unit: "count",
  better: "neither",
  formula: "number of trades still open at the last bar",
  source: "definition",
  compute: ({ trades: { length, closed } }) => length - closed,
});
