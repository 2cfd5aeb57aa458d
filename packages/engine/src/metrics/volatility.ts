import { defineMetric, isUnknown } from "../metric.js";
import { deviation } from "../statistics.js";
import { enoughForMoments, sessionReturns } from "./facts/session-returns.js";

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
    return deviation(returns, 1) * Math.sqrt(context.sessionsPerYear);
  },
});
