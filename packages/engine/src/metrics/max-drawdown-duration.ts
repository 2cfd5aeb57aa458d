import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";
import { dayMs } from "./facts/years.js";

export const maxDrawdownDuration = defineMetric({
  name: "max_drawdown_duration",
  title: "Longest drawdown",
  unit: "days",
  better: "lower",
  formula:
    "longest calendar time from the close of a peak to the close that reaches it again, or to the last close",
  source: "definition",
  compute: (context) => drawdowns(context).longestMs / dayMs,
});
