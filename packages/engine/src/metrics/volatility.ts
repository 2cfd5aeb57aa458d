import { defineMetric, isUnknown } from "../metric.js";
import { enoughForMoments, returnDeviation, sessionReturns } from "./facts/session-returns.js";

export const volatility = defineMetric({
  name: "volatility",
  title: "Volatility",
  unit: "ratio",
  better: "lower",
  formula: "standard deviation (n − 1) of session returns × √sessions per year; from 30 session returns on",
  source: "definition; square-root-of-time rule",
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    if (isUnknown(returns)) return returns;
    return returnDeviation(context) * Math.sqrt(context.sessionsPerYear);
  },
});
