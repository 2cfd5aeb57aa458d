import { defineMetric, unknown } from "../metric.js";
import { tradesOn } from "./facts/closed-trades.js";

export const longWinRate = defineMetric({
  name: "long_win_rate",
  title: "Win rate, long",
  unit: "ratio",
  better: "higher",
  formula: "closed long trades with a net profit above 0 ÷ closed long trades",
  source: "definition",
  compute: (context) => {
    const trades = tradesOn("long", context);
    if (trades.length === 0) return unknown("no closed long trade");
    return trades.filter(({ profit }) => profit > 0).length / trades.length;
  },
});
