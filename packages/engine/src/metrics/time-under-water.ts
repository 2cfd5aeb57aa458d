import { defineMetric, unknown } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";

export const timeUnderWater = defineMetric({
  name: "time_under_water",
  title: "Time under water",
  unit: "ratio",
  better: "lower",
  formula: "bars that close with the account below its peak ÷ bars",
  source: "definition",
  compute: (context) => {
    const { length } = context.equity;
    return length === 0 ? unknown("no bars") : drawdowns(context).barsBelow / length;
  },
});
