import { defineMetric } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const longestWinningStreak = defineMetric({
  name: "longest_winning_streak",
  title: "Longest winning streak",
  unit: "count",
  better: "higher",
  formula: "most winning trades in a row, in order of exit; a trade that gains nothing ends it",
  source: "definition",
  compute: (context) => tradeTally(context).longestWinningStreak,
});
