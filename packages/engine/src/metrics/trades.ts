import { defineMetric } from "../metric.js";

export const trades = defineMetric({
  name: "trades",
  title: "Closed trades",
  unit: "count",
  better: "neither",
  formula: "number of closed trades",
  source: "definition",
  compute: ({ trades: { closed } }) => closed,
});
