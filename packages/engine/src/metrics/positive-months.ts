import { defineMetric, isUnknown } from "../metric.js";
import { monthlyReturns } from "./facts/monthly-returns.js";

export const positiveMonths = defineMetric({
  name: "positive_months",
  title: "Positive months",
  unit: "ratio",
  better: "higher",
  formula: "calendar months (UTC) with a return above 0 ÷ months; from 3 months on",
  source: "definition",
  compute: (context) => {
    const returns = monthlyReturns(context);
    if (isUnknown(returns)) return returns;
    return returns.filter((each) => each > 0).length / returns.length;
  },
});
