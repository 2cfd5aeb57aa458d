import { defineMetric, unknown } from "../metric.js";

export const exposure = defineMetric({
  name: "exposure",
  title: "Exposure",
  unit: "ratio",
  better: "neither",
  formula: "bars at whose close a position is held ÷ bars",
  source: "definition",
  compute: ({ heldBars, equity: { length } }) => (length === 0 ? unknown("no bars") : heldBars / length),
});
