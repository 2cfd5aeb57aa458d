import { mean } from "simple-statistics";
import { defineMetric, isUnknown, unknown } from "../metric.js";
import { deviation } from "../statistics.js";
import { enoughForMoments, sessionReturns } from "./facts/session-returns.js";

export const sharpe = defineMetric({
  name: "sharpe",
  title: "Sharpe ratio",
  unit: "number",
  better: "higher",
  formula:
    "mean ÷ standard deviation (n − 1) of session returns × √sessions per year; risk-free rate 0; from 30 session returns on",
  source: 'Sharpe 1994, "The Sharpe Ratio", Journal of Portfolio Management 21(1)',
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    if (isUnknown(returns)) return returns;
    const spread = deviation(returns, 1);
    if (spread === 0) return unknown("the session returns do not vary");
    return (mean(returns) / spread) * Math.sqrt(context.sessionsPerYear);
  },
});
