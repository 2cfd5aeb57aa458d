import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";
import { growthOver } from "./facts/growth-over.js";

export const martinRatio = defineMetric({
  name: "martin_ratio",
  title: "Martin ratio",
  unit: "number",
  better: "higher",
  formula: "cagr ÷ ulcer_index; from 30 days on",
  source: "Martin & McCann 1989, The Investor's Guide to Fidelity Funds",
  compute: (context) => growthOver(context, Math.sqrt(drawdowns(context).meanSquare)),
});
