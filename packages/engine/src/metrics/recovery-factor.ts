import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise } from "../statistics.js";
import { drawdowns } from "./facts/drawdowns.js";
import { netProfit } from "./net-profit.js";

export const recoveryFactor = defineMetric({
  name: "recovery_factor",
  title: "Recovery factor",
  unit: "number",
  better: "higher",
  formula: "net_profit ÷ max_drawdown_money",
  source: "definition",
  compute: (context) => {
    const profit = netProfit.compute(context);
    if (isUnknown(profit)) return profit;
    const { deepest, largest } = drawdowns(context);
    return deepest > roundingNoise ? profit / largest : unknown("no drawdown");
  },
});
