import { defineMetric } from "../metric.js";
import { meanBarsHeld, tradeTally } from "./facts/trade-tally.js";

export const averageWinningBars = defineMetric({
  name: "average_winning_bars",
  title: "Average bars of winning trades",
  unit: "bars",
  better: "neither",
  formula: "mean of exit bar − entry bar over the winning closed trades",
  source: "definition",
  compute: (context) => meanBarsHeld(tradeTally(context).wins, "no winning trade"),
});
