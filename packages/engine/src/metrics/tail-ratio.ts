import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise } from "../statistics.js";
import { enoughForTails, sessionReturns, tailsOf } from "./facts/session-returns.js";

export const tailRatio = defineMetric({
  name: "tail_ratio",
  title: "Tail ratio",
  unit: "number",
  better: "higher",
  formula: "|95% quantile| ÷ |5% quantile| of session returns, interpolated; from 100 session returns on",
  source: "definition; quantile 7 of Hyndman & Fan 1996",
  compute: (context) => {
    const returns = sessionReturns(context, enoughForTails);
    if (isUnknown(returns)) return returns;
    const [left, right] = tailsOf(context).map(Math.abs);
    return left > roundingNoise ? right / left : unknown("the 5% quantile of the session returns is zero");
  },
});
