import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise } from "../statistics.js";
import { cagr } from "./cagr.js";
import { drawdowns } from "./facts/drawdowns.js";

export const burkeRatio = defineMetric({
  name: "burke_ratio",
  title: "Burke ratio",
  unit: "number",
  better: "higher",
  formula:
    "cagr ÷ √(sum over all falls below a peak of their deepest ((peak − equity) ÷ peak)²); from 30 days on",
  source: 'Burke 1994, "A Sharper Sharpe Ratio", Futures 23(3)',
  compute: (context) => {
    const growth = cagr.compute(context);
    if (isUnknown(growth)) return growth;
    const pain = Math.sqrt(drawdowns(context).squaredDepths);
    return pain > roundingNoise ? growth / pain : unknown("no drawdown");
  },
});
