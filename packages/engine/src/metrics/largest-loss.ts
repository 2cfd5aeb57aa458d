import { min } from "simple-statistics";
import { defineMetric, unknown } from "../metric.js";
import { losingTrades } from "./facts/closed-trades.js";

export const largestLoss = defineMetric({
  name: "largest_loss",
  title: "Largest loss",
  unit: "money",
  better: "lower",
  formula: "largest net loss of a closed trade, as a positive amount",
  source: "definition",
  compute: (context) => {
    const losers = losingTrades(context);
    return losers.length === 0 ? unknown("no losing trade") : -min(losers.map(({ profit }) => profit));
  },
});
