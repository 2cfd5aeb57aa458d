import { defineRolling } from "../rolling.js";
import { deviation } from "../statistics.js";

export const rollingVolatility = defineRolling({
  name: "volatility",
  title: "Volatility",
  unit: "ratio",
  formula: "standard deviation (n − 1) of the window's session returns × √sessions per year",
  source: "definition; square-root-of-time rule",
  compute: ({ own, sessionsPerYear }) => deviation(own, 1) * Math.sqrt(sessionsPerYear),
});
