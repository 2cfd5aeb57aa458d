import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise } from "../statistics.js";
import { cagr } from "./cagr.js";
import { drawdowns } from "./facts/drawdowns.js";

export const painRatio = defineMetric({
  name: "pain_ratio",
  title: "Pain ratio",
  unit: "number",
  better: "higher",
  formula: "cagr ÷ pain_index; from 30 days on",
  source: "Becker 2006, The Zephyr Pain Index",
  compute: (context) => {
    const growth = cagr.compute(context);
    if (isUnknown(growth)) return growth;
    const pain = drawdowns(context).meanDepth;
    return pain > roundingNoise ? growth / pain : unknown("no drawdown");
  },
});
