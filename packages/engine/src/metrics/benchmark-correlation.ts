import { defineMetric, isUnknown, unknown } from "../metric.js";
import { againstBenchmark } from "./facts/benchmark.js";
import { returnDeviation, returnVariance } from "./facts/session-returns.js";

export const benchmarkCorrelation = defineMetric({
  name: "benchmark_correlation",
  title: "Correlation with the benchmark",
  unit: "number",
  better: "neither",
  formula:
    "correlation of session returns with those of the benchmark; the benchmark is the market itself, bought at its first open and held; from 30 session returns on",
  source: "definition",
  compute: (context) => {
    const both = againstBenchmark(context);
    if (isUnknown(both)) return both;
    if (returnDeviation(context) === 0) return unknown("the session returns do not vary");
    const { covariance, market } = both;
    if (market.spread === 0) return unknown("the benchmark does not move");
    return covariance / Math.sqrt(returnVariance(context)) / Math.sqrt(market.variance);
  },
});
