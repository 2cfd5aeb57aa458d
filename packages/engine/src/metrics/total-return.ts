import { defineMetric } from "../metric.js";

export const totalReturn = defineMetric({
  name: "total_return",
  title: "Total return",
  unit: "ratio",
  better: "higher",
  formula: "last equity ÷ initial capital − 1",
  source: "definition",
  compute: ({ equity, initialCapital }) => (equity.at(-1) ?? initialCapital) / initialCapital - 1,
});
