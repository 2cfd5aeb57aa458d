import { defineMetric } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const longestLosingStreak = defineMetric({
  name: "longest_losing_streak",
  title: "Longest losing streak",
  unit: "count",
  better: "lower",
  formula: "most losing trades in a row, in order of exit; a trade that loses nothing ends it",
  source: "definition",
  compute: (context) => tradeTally(context).longestLosingStreak,
});
