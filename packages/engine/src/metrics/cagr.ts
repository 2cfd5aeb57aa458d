import { lastOf } from "../curve.js";
import { defineMetric, isUnknown, unknown } from "../metric.js";
import { exponential, ln } from "../portable.js";
import { yearsCovered } from "./facts/years.js";

export const cagr = defineMetric({
  name: "cagr",
  title: "Compound annual growth rate",
  unit: "ratio",
  better: "higher",
  formula:
    "(1 + total_return)^(1 ÷ years) − 1; years of 365.25 days from the first open to the last close; from 30 days on",
  source: "definition",
  compute: (context) => {
    const years = yearsCovered(context);
    if (isUnknown(years)) return years;
    const growth = lastOf(context.timeWeighted, context.initialCapital) / context.initialCapital;
    if (growth <= 0) return unknown("the account ended at zero or below: no yearly rate leads there");
    return exponential(ln(growth) / years) - 1;
  },
});
