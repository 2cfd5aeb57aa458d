import { defineMetric, unknown } from "../metric.js";
import { largestOf } from "../statistics.js";
import { tradeReturns } from "./facts/trade-tally.js";

export const bestTrade = defineMetric({
  name: "best_trade",
  title: "Best trade",
  unit: "ratio",
  better: "higher",
  formula: "largest net profit ÷ (entry price × quantity) of a closed trade",
  source: "definition",
  compute: (context) => {
    const returns = tradeReturns(context);
    return returns.length === 0 ? unknown("no closed trade") : largestOf(returns);
  },
});
