import { defineMetric, unknown } from "../metric.js";

export const exposure = defineMetric({
  name: "exposure",
  title: "Exposure",
  unit: "ratio",
  better: "neither",
  formula: "bars at whose close a position is held ÷ bars",
  source: "definition",
  compute: ({ position }) => {
    if (position.length === 0) return unknown("no bars");
    let held = 0;
    for (let i = 0; i < position.length; i++) if (position[i] !== 0) held += 1;
    return held / position.length;
  },
});
