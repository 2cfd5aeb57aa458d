import { defineMetric } from "../metric.js";
import { meanBarsHeld, tradeTally } from "./facts/trade-tally.js";

export const averageLosingBars = defineMetric({
  name: "average_losing_bars",
  title: "Average bars of losing trades",
  unit: "bars",
  better: "neither",
  formula: "mean of exit bar − entry bar over the losing closed trades",
  source: "definition",
  compute: (context) => meanBarsHeld(tradeTally(context).losses, "no losing trade"),
});
