import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise, sumOf } from "../statistics.js";
import { monthlyReturns } from "./facts/monthly-returns.js";

export const gainToPain = defineMetric({
  name: "gain_to_pain",
  title: "Gain to pain",
  unit: "number",
  better: "higher",
  formula: "sum of monthly returns ÷ sum of monthly losses, as returns; from 3 months on",
  source: "Schwager 2012, Hedge Fund Market Wizards",
  compute: (context) => {
    const returns = monthlyReturns(context);
    if (isUnknown(returns)) return returns;
    const losses = -sumOf(returns.map((each) => Math.min(each, 0)));
    return losses > roundingNoise ? sumOf(returns) / losses : unknown("no losing month");
  },
});
