import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const largestWin = defineMetric({
  name: "largest_win",
  title: "Largest win",
  unit: "money",
  better: "higher",
  formula: "largest net profit of a closed trade",
  source: "definition",
  compute: (context) => {
    const { wins, highest } = tradeTally(context);
    return wins.trades === 0 ? unknown("no winning trade") : highest;
  },
});
