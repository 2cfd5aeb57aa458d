import { defineMetric, unknown } from "../metric.js";
import { closedTrades, losingTrades, profitOf, winningTrades } from "./facts/closed-trades.js";

export const profitFactor = defineMetric({
  name: "profit_factor",
  title: "Profit factor",
  unit: "number",
  better: "higher",
  formula:
    "sum of net profits of winning trades ÷ sum of net losses of losing trades, in money; closed trades",
  source: "definition",
  compute: (context) => {
    if (closedTrades(context).length === 0) return unknown("no closed trade");
    const losers = losingTrades(context);
    return losers.length === 0
      ? unknown("no losing trade")
      : profitOf(winningTrades(context)) / -profitOf(losers);
  },
});
