import { defineMetric } from "../metric.js";
import { meanBarsHeld, tradeTally } from "./facts/trade-tally.js";

export const averageBarsHeld = defineMetric({
  name: "average_bars_held",
  title: "Average bars held",
  unit: "bars",
  better: "neither",
  formula: "mean of exit bar − entry bar over the closed trades",
  source: "definition",
  compute: (context) => meanBarsHeld(tradeTally(context), "no closed trade"),
});
