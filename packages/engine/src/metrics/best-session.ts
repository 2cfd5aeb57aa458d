import { defineMetric, isUnknown } from "../metric.js";
import { largestOf } from "../statistics.js";
import { enoughForMoments, sessionReturns } from "./facts/session-returns.js";

export const bestSession = defineMetric({
  name: "best_session",
  title: "Best session",
  unit: "ratio",
  better: "higher",
  formula: "largest session return; from 30 session returns on",
  source: "definition",
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    return isUnknown(returns) ? returns : largestOf(returns);
  },
});
