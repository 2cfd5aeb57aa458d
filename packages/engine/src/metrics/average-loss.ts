import { defineMetric, unknown } from "../metric.js";
import { losingTrades, profitOf } from "./facts/closed-trades.js";

export const averageLoss = defineMetric({
  name: "average_loss",
  title: "Average loss",
  unit: "money",
  better: "lower",
  formula: "mean net loss of the losing closed trades, as a positive amount",
  source: "definition",
  compute: (context) => {
    const losers = losingTrades(context);
    return losers.length === 0 ? unknown("no losing trade") : -profitOf(losers) / losers.length;
  },
});
