import { defineMetric } from "../metric.js";
import { betaOf } from "./facts/benchmark.js";

export const beta = defineMetric({
  name: "beta",
  title: "Beta",
  unit: "number",
  better: "neither",
  formula:
    "covariance of session returns and those of the benchmark ÷ variance of the latter; the benchmark is the market itself, bought at its first open and held; from 30 session returns on",
  source: 'Sharpe 1964, "Capital Asset Prices", Journal of Finance 19(3)',
  compute: betaOf,
});
