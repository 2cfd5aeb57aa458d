import { defineMetric } from "../metric.js";
import { meanBarsHeld, winningTrades } from "./facts/closed-trades.js";

export const averageWinningBars = defineMetric({
  name: "average_winning_bars",
  title: "Average bars of winning trades",
  unit: "bars",
  better: "neither",
  formula: "mean of exit bar − entry bar over the winning closed trades",
  source: "definition",
  compute: (context) => meanBarsHeld(winningTrades(context), "no winning trade"),
});
