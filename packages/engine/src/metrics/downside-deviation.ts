import { defineMetric, isUnknown } from "../metric.js";
import { enoughForMoments, lossDeviation, sessionReturns } from "./facts/session-returns.js";

export const downsideDeviation = defineMetric({
  name: "downside_deviation",
  title: "Downside deviation",
  unit: "ratio",
  better: "lower",
  formula: "√(mean of min(session return, 0)²) × √sessions per year; target 0; from 30 session returns on",
  source: 'Sortino & van der Meer 1991, "Downside Risk", Journal of Portfolio Management 17(4)',
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    if (isUnknown(returns)) return returns;
    return lossDeviation(context) * Math.sqrt(context.sessionsPerYear);
  },
});
