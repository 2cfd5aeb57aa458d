import { defineMetric, isUnknown, unknown } from "../metric.js";
import { gainsOf, lossesOf, sumOf } from "../statistics.js";
import { enoughForMoments, lossDeviation, sessionReturns } from "./facts/session-returns.js";

export const omega = defineMetric({
  name: "omega",
  title: "Omega ratio",
  unit: "number",
  better: "higher",
  formula:
    "sum of session gains ÷ sum of session losses, as returns; threshold 0; from 30 session returns on",
  source:
    'Keating & Shadwick 2002, "A Universal Performance Measure", Journal of Performance Measurement 6(3)',
  compute: (context) => {
    const returns = sessionReturns(context, enoughForMoments);
    if (isUnknown(returns)) return returns;
    if (lossDeviation(context) === 0) return unknown("no losing session");
    return sumOf(gainsOf(returns)) / -sumOf(lossesOf(returns));
  },
});
