import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise } from "../statistics.js";
import { betaOf } from "./facts/benchmark.js";
import { meanReturn } from "./facts/session-returns.js";

export const treynor = defineMetric({
  name: "treynor",
  title: "Treynor ratio",
  unit: "number",
  better: "higher",
  formula:
    "mean session return × sessions per year ÷ beta; risk-free rate 0; the benchmark is the market itself, bought at its first open and held; from 30 session returns on",
  source: 'Treynor 1965, "How to Rate Management of Investment Funds", Harvard Business Review 43(1)',
  compute: (context) => {
    const beta = betaOf(context);
    if (isUnknown(beta)) return beta;
    if (Math.abs(beta) <= roundingNoise) return unknown("beta is 0");
    return (meanReturn(context) * context.sessionsPerYear) / beta;
  },
});
