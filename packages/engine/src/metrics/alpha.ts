import { defineMetric, isUnknown } from "../metric.js";
import { againstBenchmark, betaOf } from "./facts/benchmark.js";
import { meanReturn } from "./facts/session-returns.js";

export const alpha = defineMetric({
  name: "alpha",
  title: "Alpha",
  unit: "ratio",
  better: "higher",
  formula:
    "(mean session return − beta × mean session return of the benchmark) × sessions per year; risk-free rate 0; the benchmark is the market itself, bought at its first open and held; from 30 session returns on",
  source: 'Jensen 1968, "The Performance of Mutual Funds", Journal of Finance 23(2)',
  compute: (context) => {
    const both = againstBenchmark(context);
    if (isUnknown(both)) return both;
    const beta = betaOf(context);
    if (isUnknown(beta)) return beta;
    return (meanReturn(context) - beta * both.market.mean) * context.sessionsPerYear;
  },
});
