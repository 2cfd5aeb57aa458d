import { defineMetric, unknown } from "../metric.js";
import { profitOf, winningTrades } from "./facts/closed-trades.js";

export const averageWin = defineMetric({
  name: "average_win",
  title: "Average win",
  unit: "money",
  better: "higher",
  formula: "mean net profit of the winning closed trades",
  source: "definition",
  compute: (context) => {
    const winners = winningTrades(context);
    return winners.length === 0 ? unknown("no winning trade") : profitOf(winners) / winners.length;
  },
});
