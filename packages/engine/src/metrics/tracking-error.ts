import { defineMetric, isUnknown } from "../metric.js";
import { againstBenchmark } from "./facts/benchmark.js";

export const trackingError = defineMetric({
  name: "tracking_error",
  title: "Tracking error",
  unit: "ratio",
  better: "neither",
  formula:
    "standard deviation (n − 1) of session return − return of the benchmark × √sessions per year; the benchmark is the market itself, bought at its first open and held; from 30 session returns on",
  source: "Bacon 2008, Practical Portfolio Performance Measurement and Attribution",
  compute: (context) => {
    const both = againstBenchmark(context);
    if (isUnknown(both)) return both;
    return both.spreadAhead * Math.sqrt(context.sessionsPerYear);
  },
});
