import { defineMetric, isUnknown } from "../metric.js";
import { enoughForTails, sessionReturns, tailsOf } from "./facts/session-returns.js";

export const valueAtRisk95 = defineMetric({
  name: "value_at_risk_95",
  title: "Value at risk, 95%",
  unit: "ratio",
  better: "lower",
  formula:
    "− (5% quantile of session returns, interpolated): the loss of a session that one in twenty exceeds, as a positive fraction; from 100 session returns on",
  source: "Jorion 2006, Value at Risk, historical simulation; quantile 7 of Hyndman & Fan 1996",
  compute: (context) => {
    const returns = sessionReturns(context, enoughForTails);
    if (isUnknown(returns)) return returns;
    const [left] = tailsOf(context);
    return -left;
  },
});
