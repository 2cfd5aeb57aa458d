import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";

export const maxDrawdownMoney = defineMetric({
  name: "max_drawdown_money",
  title: "Maximum drawdown in money",
  unit: "money",
  better: "lower",
  formula:
    "largest peak − equity at the closes of bars, as a positive amount; deposits and withdrawals are neither",
  source: "definition",
  compute: (context) => drawdowns(context).largest,
});
