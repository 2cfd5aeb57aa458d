import { linearRegression, linearRegressionLine, rSquared } from "simple-statistics";
import { defineMetric, isUnknown, unknown } from "../metric.js";
import { deviation } from "../statistics.js";
import { enoughForMoments, fellToZero, sessionReturns } from "./facts/session-returns.js";

export const stability = defineMetric({
  name: "stability",
  title: "Stability of growth",
  unit: "ratio",
  better: "higher",
  formula: "R² of the straight line through ln(equity) at the closes of sessions; from 30 session returns on",
  source: "definition; R² of an ordinary regression",
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    if (isUnknown(returns)) return returns;
    const { sessionEquity } = context;
    if (!(sessionEquity[sessionEquity.length - 1] > 0)) return unknown(fellToZero);
    const points = Array.from(sessionEquity, (value, session) => [
      session,
      Math.log(value / sessionEquity[0]),
    ]);
    const logs = points.map(([, value]) => value);
    if (deviation(logs, 1) === 0) return unknown("the account does not move");
    return rSquared(points, linearRegressionLine(linearRegression(points)));
  },
});
