import { defineMetric, isUnknown, unknown } from "../metric.js";
import { againstBenchmark } from "./facts/benchmark.js";

export const informationRatio = defineMetric({
  name: "information_ratio",
  title: "Information ratio",
  unit: "number",
  better: "higher",
  formula:
    "mean ÷ standard deviation (n − 1) of session return − return of the benchmark × √sessions per year; the benchmark is the market itself, bought at its first open and held; from 30 session returns on",
  source: "Grinold & Kahn 2000, Active Portfolio Management",
  compute: (context) => {
    const both = againstBenchmark(context);
    if (isUnknown(both)) return both;
    const { meanAhead, spreadAhead } = both;
    if (spreadAhead === 0) return unknown("it moves as the benchmark does");
    return (meanAhead / spreadAhead) * Math.sqrt(context.sessionsPerYear);
  },
});
