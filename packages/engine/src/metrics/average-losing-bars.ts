import { mean } from "simple-statistics";
import { defineMetric, unknown } from "../metric.js";
import { losingTrades } from "./facts/closed-trades.js";

export const averageLosingBars = defineMetric({
  name: "average_losing_bars",
  title: "Average bars of losing trades",
  unit: "bars",
  better: "neither",
  formula: "mean of exit bar − entry bar over the losing closed trades",
  source: "definition",
  compute: (context) => {
    const held = losingTrades(context).map(({ entryBar, exitBar }) => exitBar - entryBar);
    return held.length === 0 ? unknown("no losing trade") : mean(held);
  },
});
