import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";

export const painIndex = defineMetric({
  name: "pain_index",
  title: "Pain index",
  unit: "ratio",
  better: "lower",
  formula: "mean over all bars of (peak − equity) ÷ peak",
  source: "Becker 2006, The Zephyr Pain Index",
  compute: (context) => drawdowns(context).meanDepth,
});
