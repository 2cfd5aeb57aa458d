import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";
import { growthOver } from "./facts/growth-over.js";

export const painRatio = defineMetric({
  name: "pain_ratio",
  title: "Pain ratio",
  unit: "number",
  better: "higher",
  formula: "cagr ÷ pain_index; from 30 days on",
  source: "Becker 2006, The Zephyr Pain Index",
  compute: (context) => growthOver(context, drawdowns(context).meanDepth),
});
