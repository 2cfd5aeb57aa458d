import { sampleSkewness } from "simple-statistics";
import { defineMetric, isUnknown, unknown } from "../metric.js";
import { deviation } from "../statistics.js";
import { enoughForMoments, sessionReturns } from "./facts/session-returns.js";

export const skewness = defineMetric({
  name: "skewness",
  title: "Skewness",
  unit: "number",
  better: "higher",
  formula: "adjusted Fisher-Pearson coefficient G₁ of session returns; from 30 session returns on",
  source: 'Joanes & Gill 1998, "Comparing measures of sample skewness and kurtosis", The Statistician 47(1)',
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    if (isUnknown(returns)) return returns;
    if (deviation(returns, 1) === 0) return unknown("the session returns do not vary");
    return sampleSkewness(returns);
  },
});
