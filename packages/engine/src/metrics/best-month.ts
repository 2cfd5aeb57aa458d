import { defineMetric, isUnknown } from "../metric.js";
import { largestOf } from "../statistics.js";
import { monthlyReturns } from "./facts/monthly-returns.js";

export const bestMonth = defineMetric({
  name: "best_month",
  title: "Best month",
  unit: "ratio",
  better: "higher",
  formula: "largest return of a calendar month (UTC), those at the ends as far as they go; from 3 months on",
  source: "definition",
  compute: (context) => {
    const returns = monthlyReturns(context);
    return isUnknown(returns) ? returns : largestOf(returns);
  },
});
