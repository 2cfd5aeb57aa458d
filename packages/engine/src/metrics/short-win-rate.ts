import { defineMetric, unknown } from "../metric.js";
import { tradesOn } from "./facts/closed-trades.js";

export const shortWinRate = defineMetric({
  name: "short_win_rate",
  title: "Win rate, short",
  unit: "ratio",
  better: "higher",
  formula: "closed short trades with a net profit above 0 ÷ closed short trades",
  source: "definition",
  compute: (context) => {
    const trades = tradesOn("short", context);
    if (trades.length === 0) return unknown("no closed short trade");
    return trades.filter(({ profit }) => profit > 0).length / trades.length;
  },
});
