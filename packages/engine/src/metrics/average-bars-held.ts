import { mean } from "simple-statistics";
import { defineMetric, unknown } from "../metric.js";
import { closedTrades } from "./facts/closed-trades.js";

export const averageBarsHeld = defineMetric({
  name: "average_bars_held",
  title: "Average bars held",
  unit: "bars",
  better: "neither",
  formula: "mean of exit bar − entry bar over the closed trades",
  source: "definition",
  compute: (context) => {
    const held = closedTrades(context).map(({ entryBar, exitBar }) => exitBar - entryBar);
    return held.length === 0 ? unknown("no closed trade") : mean(held);
  },
});
