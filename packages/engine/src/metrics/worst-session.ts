import { defineMetric, isUnknown } from "../metric.js";
import { smallestOf } from "../statistics.js";
import { enoughForMoments, sessionReturns } from "./facts/session-returns.js";

export const worstSession = defineMetric({
  name: "worst_session",
  title: "Worst session",
  unit: "ratio",
  better: "higher",
  formula: "smallest session return; from 30 session returns on",
  source: "definition",
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    return isUnknown(returns) ? returns : smallestOf(returns);
  },
});
