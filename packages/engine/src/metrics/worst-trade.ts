import { defineMetric, unknown } from "../metric.js";
import { smallestOf } from "../statistics.js";
import { tradeReturns } from "./facts/trade-tally.js";

export const worstTrade = defineMetric({
  name: "worst_trade",
  title: "Worst trade",
  unit: "ratio",
  better: "higher",
  formula: "smallest net profit ÷ (entry price × quantity) of a closed trade",
  source: "definition",
  compute: (context) => {
    const returns = tradeReturns(context);
    return returns.length === 0 ? unknown("no closed trade") : smallestOf(returns);
  },
});
