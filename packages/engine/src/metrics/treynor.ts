import { defineMetric, isUnknown, unknown } from "../metric.js";
import { roundingNoise } from "../statistics.js";
import { withBeta } from "./facts/benchmark.js";
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
    const both = withBeta(context);
    if (isUnknown(both)) return both;
    if (Math.abs(both.beta) <= roundingNoise) return unknown("beta is 0");
    return (meanReturn(context) * context.sessionsPerYear) / both.beta;
  },
});
