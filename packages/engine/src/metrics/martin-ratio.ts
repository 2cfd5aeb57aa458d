import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise } from "../statistics.js";
import { cagr } from "./cagr.js";
import { drawdowns } from "./facts/drawdowns.js";

export const martinRatio = defineMetric({
  name: "martin_ratio",
  title: "Martin ratio",
  unit: "number",
  better: "higher",
  formula: "cagr ÷ ulcer_index; from 30 days on",
  source: "Martin & McCann 1989, The Investor's Guide to Fidelity Funds",
  compute: (context) => {
    const growth = cagr.compute(context);
    if (isUnknown(growth)) return growth;
    const pain = Math.sqrt(drawdowns(context).meanSquare);
    return pain > roundingNoise ? growth / pain : unknown("no drawdown");
  },
});
