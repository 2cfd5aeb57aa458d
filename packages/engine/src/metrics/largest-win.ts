import { max } from "simple-statistics";
import { defineMetric, unknown } from "../metric.js";
import { winningTrades } from "./facts/closed-trades.js";

export const largestWin = defineMetric({
  name: "largest_win",
  title: "Largest win",
  unit: "money",
  better: "higher",
  formula: "largest net profit of a closed trade",
  source: "definition",
  compute: (context) => {
    const winners = winningTrades(context);
    return winners.length === 0 ? unknown("no winning trade") : max(winners.map(({ profit }) => profit));
  },
});
