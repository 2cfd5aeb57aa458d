import { defineMetric, isUnknown, unknown } from "../metric.js";
import { ln } from "../portable.js";
import { deviation, straightness } from "../statistics.js";
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
    const logs = new Float64Array(sessionEquity.length);
    for (let i = 0; i < logs.length; i++) logs[i] = ln(sessionEquity[i] / sessionEquity[0]);
    return deviation(logs, 1) === 0 ? unknown("the account does not move") : straightness(logs);
  },
});
