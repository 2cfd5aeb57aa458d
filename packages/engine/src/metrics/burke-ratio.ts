import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";
import { growthOver } from "./facts/growth-over.js";

export const burkeRatio = defineMetric({
  name: "burke_ratio",
  title: "Burke ratio",
  unit: "number",
  better: "higher",
  formula:
    "cagr ÷ √(sum over all falls below a peak of their deepest ((peak − equity) ÷ peak)²); from 30 days on",
  source: 'Burke 1994, "A Sharper Sharpe Ratio", Futures 23(3)',
  compute: (context) => growthOver(context, Math.sqrt(drawdowns(context).squaredDepths)),
});
