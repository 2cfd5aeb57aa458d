import { defineMetric, isUnknown } from "../metric.js";
import { yearsCovered } from "./facts/years.js";

export const tradesPerYear = defineMetric({
  name: "trades_per_year",
  title: "Trades per year",
  unit: "number",
  better: "neither",
  formula: "closed trades ÷ years of 365.25 days from the first open to the last close; from 30 days on",
  source: "definition",
  compute: (context) => {
    const years = yearsCovered(context);
    return isUnknown(years) ? years : context.trades.closed / years;
  },
});
