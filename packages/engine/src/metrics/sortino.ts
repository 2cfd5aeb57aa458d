import { defineMetric, isUnknown, unknown } from "../metric.js";
import { enoughForMoments, lossDeviation, meanReturn, sessionReturns } from "./facts/session-returns.js";

export const sortino = defineMetric({
  name: "sortino",
  title: "Sortino ratio",
  unit: "number",
  better: "higher",
  formula:
    "mean of session returns ÷ √(mean of min(return, 0)²) × √sessions per year; target 0; from 30 session returns on",
  source:
    'Sortino & Price 1994, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3(3)',
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    if (isUnknown(returns)) return returns;
    const downside = lossDeviation(context);
    if (downside === 0) return unknown("no losing session");
    return (meanReturn(context) / downside) * Math.sqrt(context.sessionsPerYear);
  },
});
