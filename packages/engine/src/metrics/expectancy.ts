import { defineMetric, unknown } from "../metric.js";
import { closedTrades, profitOf } from "./facts/closed-trades.js";

export const expectancy = defineMetric({
  name: "expectancy",
  title: "Expectancy",
  unit: "money",
  better: "higher",
  formula: "mean net profit of a closed trade",
  source: "definition",
  compute: (context) => {
    const trades = closedTrades(context);
    return trades.length === 0 ? unknown("no closed trade") : profitOf(trades) / trades.length;
  },
});
