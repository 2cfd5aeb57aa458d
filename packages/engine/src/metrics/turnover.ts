import { mean, sum } from "simple-statistics";
import { defineMetric, isUnknown, unknown } from "../metric.js";
import type { Trade } from "../trade.js";
import { yearsCovered } from "./facts/years.js";

const tradedValue = (trades: readonly Trade[]): number =>
  sum(trades.map(({ entryValue, exitValue }) => Math.abs(entryValue) + Math.abs(exitValue ?? 0)));

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
    const { equity, initialCapital, sessionEnds } = context;
    const value = mean([initialCapital, ...Array.from(sessionEnds, (i) => equity[i])]);
    if (value <= 0) return unknown("the mean account value is not positive");
    return tradedValue(context.trades) / value / years;
  },
});
