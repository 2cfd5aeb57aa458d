import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const expectancy = defineMetric({
  name: "expectancy",
  title: "Expectancy",
  unit: "money",
  better: "higher",
  formula: "mean net profit of a closed trade",
  source: "definition",
  compute: (context) => {
    const { trades, profit } = tradeTally(context);
    return trades === 0 ? unknown("no closed trade") : profit / trades;
  },
});
