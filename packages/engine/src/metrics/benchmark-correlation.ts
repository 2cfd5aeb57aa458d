import { sampleCorrelation } from "simple-statistics";
import { defineMetric, isUnknown, unknown } from "../metric.js";
import { deviation } from "../statistics.js";
import { againstBenchmark } from "./facts/benchmark.js";
import { returnDeviation } from "./facts/session-returns.js";

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
    if (deviation(both.market, 1) === 0) return unknown("the benchmark does not move");
    return sampleCorrelation(both.own, both.market);
  },
});
