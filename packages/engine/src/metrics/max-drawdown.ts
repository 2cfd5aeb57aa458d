import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";

export const maxDrawdown = defineMetric({
  name: "max_drawdown",
  title: "Maximum drawdown",
  unit: "ratio",
  better: "lower",
  formula:
    "largest (peak − equity) ÷ peak at the closes of bars, as a positive depth; the initial capital is the first peak",
  source: 'Magdon-Ismail & Atiya 2004, "Maximum Drawdown", Risk 17(10)',
  compute: (context) => drawdowns(context).deepest,
});
