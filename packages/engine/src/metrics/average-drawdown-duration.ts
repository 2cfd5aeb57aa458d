import { defineMetric, unknown } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";
import { dayMs } from "./facts/years.js";

export const averageDrawdownDuration = defineMetric({
  name: "average_drawdown_duration",
  title: "Average drawdown duration",
  unit: "days",
  better: "lower",
  formula:
    "mean over all falls below a peak of the calendar time from the close of the peak to the close that reaches it again, or to the last close",
  source: "definition",
  compute: (context) => {
    const { count, totalMs } = drawdowns(context);
    return count === 0 ? unknown("no drawdown") : totalMs / count / dayMs;
  },
});
