import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const profitFactor = defineMetric({
  name: "profit_factor",
  title: "Profit factor",
  unit: "number",
  better: "higher",
  formula:
    "sum of net profits of winning trades ÷ sum of net losses of losing trades, in money; closed trades",
  source: "definition",
  compute: (context) => {
    const { trades, wins, losses } = tradeTally(context);
    if (trades === 0) return unknown("no closed trade");
    return losses.trades === 0 ? unknown("no losing trade") : wins.profit / -losses.profit;
  },
});
