import { defineMetric } from "../metric.js";
import { drawdowns } from "./facts/drawdowns.js";

export const ulcerIndex = defineMetric({
  name: "ulcer_index",
  title: "Ulcer index",
  unit: "ratio",
  better: "lower",
  formula: "√(mean over all bars of ((peak − equity) ÷ peak)²)",
  source: "Martin & McCann 1989, The Investor's Guide to Fidelity Funds",
  compute: (context) => Math.sqrt(drawdowns(context).meanSquare),
});
