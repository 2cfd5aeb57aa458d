import { defineMetric, isUnknown } from "../metric.js";
import { skewnessOf } from "../statistics.js";
import { varyingReturns } from "./facts/session-returns.js";

export const skewness = defineMetric({
  name: "skewness",
  title: "Skewness",
  unit: "number",
  better: "higher",
  formula: "adjusted Fisher-Pearson coefficient G₁ of session returns; from 30 session returns on",
  source: 'Joanes & Gill 1998, "Comparing measures of sample skewness and kurtosis", The Statistician 47(1)',
  compute: (context) => {
    const varying = varyingReturns(context);
    return isUnknown(varying) ? varying : skewnessOf(varying.returns);
  },
});
