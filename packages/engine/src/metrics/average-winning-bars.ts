import { mean } from "simple-statistics";
import { defineMetric, unknown } from "../metric.js";
import { winningTrades } from "./facts/closed-trades.js";

export const averageWinningBars = defineMetric({
  name: "average_winning_bars",
  title: "Average bars of winning trades",
  unit: "bars",
  better: "neither",
  formula: "mean of exit bar − entry bar over the winning closed trades",
  source: "definition",
  compute: (context) => {
    const held = winningTrades(context).map(({ entryBar, exitBar }) => exitBar - entryBar);
    return held.length === 0 ? unknown("no winning trade") : mean(held);
  },
});
