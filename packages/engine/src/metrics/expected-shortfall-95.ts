import { defineMetric, isUnknown } from "../metric.js";
import { meanOf } from "../statistics.js";
import { enoughForTails, sessionReturns, tailsOf } from "./facts/session-returns.js";

export const expectedShortfall95 = defineMetric({
  name: "expected_shortfall_95",
  title: "Expected shortfall, 95%",
  unit: "ratio",
  better: "lower",
  formula:
    "− (mean of the session returns at or below their 5% quantile), as a positive fraction; from 100 session returns on",
  source:
    'Acerbi & Tasche 2002, "On the coherence of expected shortfall", Journal of Banking & Finance 26(7)',
  compute: (context) => {
    const returns = sessionReturns(context, enoughForTails);
    if (isUnknown(returns)) return returns;
    const [edge] = tailsOf(context);
    return -meanOf(returns.filter((each) => each <= edge));
  },
});
