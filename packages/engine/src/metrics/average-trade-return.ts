import { defineMetric, unknown } from "../metric.js";
import { meanOf } from "../statistics.js";
import { tradeReturns } from "./facts/trade-tally.js";

export const averageTradeReturn = defineMetric({
  name: "average_trade_return",
  title: "Average trade return",
  unit: "ratio",
  better: "higher",
  formula: "mean net profit ÷ (entry price × quantity) of a closed trade",
  source: "definition",
  compute: (context) => {
    const returns = tradeReturns(context);
    return returns.length === 0 ? unknown("no closed trade") : meanOf(returns);
  },
});
