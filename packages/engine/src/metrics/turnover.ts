import { defineMetric, isUnknown, unknown } from "../metric.js";
import { meanOf, sumOf } from "../statistics.js";
import type { TradeColumns } from "../trade-columns.js";
import { yearsCovered } from "./facts/years.js";

/** Of what is open there is no exit yet. */
const tradedValue = ({ length, closed, entryValue, exitValue }: TradeColumns): number => {
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++)
    values[i] = Math.abs(entryValue[i]) + (i < closed ? Math.abs(exitValue[i]) : 0);
  return sumOf(values);
};

export const turnover = defineMetric({
  name: "turnover",
  title: "Turnover",
  unit: "number",
  better: "neither",
  formula:
    "sum of the values of all entries and exits ÷ mean account value of the sessions ÷ years; from 30 days on",
  source: "definition",
  compute: (context) => {
    const years = yearsCovered(context);
    if (isUnknown(years)) return years;
    const { equity, timeWeighted, initialCapital, sessionEnds, sessionEquity } = context;
    const value = meanOf(
      timeWeighted === equity ? sessionEquity : [initialCapital, ...equity.valuesAt(sessionEnds)],
    );
    if (value <= 0) return unknown("the mean account value is not positive");
    return tradedValue(context.trades) / value / years;
  },
});
