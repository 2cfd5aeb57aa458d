import { defineMetric, isUnknown } from "../metric.js";
import { enoughForMoments, sessionReturns } from "./facts/session-returns.js";

export const positiveSessions = defineMetric({
  name: "positive_sessions",
  title: "Positive sessions",
  unit: "ratio",
  better: "higher",
  formula: "session returns above 0 ÷ session returns; from 30 session returns on",
  source: "definition",
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    if (isUnknown(returns)) return returns;
    let risen = 0;
    for (const each of returns) if (each > 0) risen++;
    return risen / returns.length;
  },
});
