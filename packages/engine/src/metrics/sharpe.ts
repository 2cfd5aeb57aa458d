import { defineMetric, isUnknown } from "../metric.js";
import { meanReturn, varyingReturns } from "./facts/session-returns.js";

export const sharpe = defineMetric({
  name: "sharpe",
  title: "Sharpe ratio",
  unit: "number",
  better: "higher",
  formula:
    "mean ÷ standard deviation (n − 1) of session returns × √sessions per year; risk-free rate 0; from 30 session returns on",
  source: 'Sharpe 1994, "The Sharpe Ratio", Journal of Portfolio Management 21(1)',
  compute: (context) => {
    const varying = varyingReturns(context);
    if (isUnknown(varying)) return varying;
    return (meanReturn(context) / varying.spread) * Math.sqrt(context.sessionsPerYear);
  },
});
