import { lastOf } from "../curve.js";
import { defineMetric } from "../metric.js";

export const totalReturn = defineMetric({
  name: "total_return",
  title: "Total return",
  unit: "ratio",
  better: "higher",
  formula: "last equity ÷ initial capital − 1; deposits and withdrawals taken out at the moment they happen",
  source: "definition",
  compute: ({ timeWeighted, initialCapital }) => lastOf(timeWeighted, initialCapital) / initialCapital - 1,
});
