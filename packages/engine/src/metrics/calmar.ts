import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";
import { growthOver } from "./facts/growth-over.js";

export const calmar = defineMetric({
  name: "calmar",
  title: "Calmar ratio",
  unit: "number",
  better: "higher",
  formula: "cagr ÷ max_drawdown, over the whole run; from 30 days on",
  source: 'Young 1991, "Calmar Ratio: A Smoother Tool", Futures 20(1), there over 36 months',
  compute: (context) => growthOver(context, drawdowns(context).deepest),
});
