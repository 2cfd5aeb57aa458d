import { defineMetric } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const grossLoss = defineMetric({
  name: "gross_loss",
  title: "Gross loss",
  unit: "money",
  better: "lower",
  formula: "sum of the net losses of the losing closed trades, as a positive amount",
  source: "definition",
  compute: (context) => -tradeTally(context).losses.profit,
});
