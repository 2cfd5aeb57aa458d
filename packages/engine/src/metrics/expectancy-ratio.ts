import { defineMetric, isUnknown } from "../metric.js";
import { averageLoss } from "./average-loss.js";
import { tradeTally } from "./facts/trade-tally.js";

export const expectancyRatio = defineMetric({
  name: "expectancy_ratio",
  title: "Expectancy in losses",
  unit: "number",
  better: "higher",
  formula: "expectancy ÷ average_loss: what a trade earns for what a losing one costs",
  source:
    "Tharp 1998, Trade Your Way to Financial Freedom, with the average loss in place of the initial risk",
  compute: (context) => {
    const loss = averageLoss.compute(context);
    if (isUnknown(loss)) return loss;
    const { trades, profit } = tradeTally(context);
    return profit / trades / loss;
  },
});
