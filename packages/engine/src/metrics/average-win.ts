import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const averageWin = defineMetric({
  name: "average_win",
  title: "Average win",
  unit: "money",
  better: "higher",
  formula: "mean net profit of the winning closed trades",
  source: "definition",
  compute: (context) => {
    const { trades, profit } = tradeTally(context).wins;
    return trades === 0 ? unknown("no winning trade") : profit / trades;
  },
});
