import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const averageLoss = defineMetric({
  name: "average_loss",
  title: "Average loss",
  unit: "money",
  better: "lower",
  formula: "mean net loss of the losing closed trades, as a positive amount",
  source: "definition",
  compute: (context) => {
    const { trades, profit } = tradeTally(context).losses;
    return trades === 0 ? unknown("no losing trade") : -profit / trades;
  },
});
