import { defineMetric, isUnknown } from "../metric.js";
import { averageLoss } from "./average-loss.js";
import { averageWin } from "./average-win.js";

export const payoffRatio = defineMetric({
  name: "payoff_ratio",
  title: "Payoff ratio",
  unit: "number",
  better: "higher",
  formula: "average_win ÷ average_loss",
  source: "definition",
  compute: (context) => {
    const win = averageWin.compute(context);
    if (isUnknown(win)) return win;
    const loss = averageLoss.compute(context);
    return isUnknown(loss) ? loss : win / loss;
  },
});
