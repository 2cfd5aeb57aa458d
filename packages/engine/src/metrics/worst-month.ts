import { defineMetric, isUnknown } from "../metric.js";
import { smallestOf } from "../statistics.js";
import { monthlyReturns } from "./facts/monthly-returns.js";

export const worstMonth = defineMetric({
  name: "worst_month",
  title: "Worst month",
  unit: "ratio",
  better: "higher",
  formula: "smallest return of a calendar month (UTC), those at the ends as far as they go; from 3 months on",
  source: "definition",
  compute: (context) => {
    const returns = monthlyReturns(context);
    return isUnknown(returns) ? returns : smallestOf(returns);
  },
});
