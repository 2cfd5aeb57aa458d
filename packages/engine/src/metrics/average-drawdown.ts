import { defineMetric, unknown } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";

export const averageDrawdown = defineMetric({
  name: "average_drawdown",
  title: "Average drawdown",
  unit: "ratio",
  better: "lower",
  formula: "mean over all falls below a peak of their deepest (peak − equity) ÷ peak",
  source: "Bacon 2008, Practical Portfolio Performance Measurement and Attribution",
  compute: (context) => {
    const { count, depthSum } = drawdowns(context);
    return count === 0 ? unknown("no drawdown") : depthSum / count;
  },
});
