import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const largestLoss = defineMetric({
  name: "largest_loss",
  title: "Largest loss",
  unit: "money",
  better: "lower",
  formula: "largest net loss of a closed trade, as a positive amount",
  source: "definition",
  compute: (context) => {
    const { losses, lowest } = tradeTally(context);
    return losses.trades === 0 ? unknown("no losing trade") : -lowest;
  },
});
