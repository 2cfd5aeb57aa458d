import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise } from "../statistics.js";
import { cagr } from "./cagr.js";
import { drawdowns } from "./facts/drawdowns.js";

export const calmar = defineMetric({
  name: "calmar",
  title: "Calmar ratio",
  unit: "number",
  better: "higher",
  formula: "cagr ÷ max_drawdown, over the whole run; from 30 days on",
  source: 'Young 1991, "Calmar Ratio: A Smoother Tool", Futures 20(1), there over 36 months',
  compute: (context) => {
    const growth = cagr.compute(context);
    if (isUnknown(growth)) return growth;
    const { deepest } = drawdowns(context);
    return deepest > roundingNoise ? growth / deepest : unknown("no drawdown");
  },
});
