import { defineMetric, isUnknown } from "../metric.js";
import { kurtosisOf } from "../statistics.js";
import { varyingReturns } from "./facts/session-returns.js";

export const kurtosis = defineMetric({
  name: "kurtosis",
  title: "Excess kurtosis",
  unit: "number",
  better: "lower",
  formula: "excess kurtosis G₂ of session returns, 0 for a normal distribution; from 30 session returns on",
  source: 'Joanes & Gill 1998, "Comparing measures of sample skewness and kurtosis", The Statistician 47(1)',
  compute: (context) => {
    const varying = varyingReturns(context);
    return isUnknown(varying) ? varying : kurtosisOf(varying.returns);
  },
});
