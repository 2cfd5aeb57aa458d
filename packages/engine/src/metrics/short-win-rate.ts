import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const shortWinRate = defineMetric({
  name: "short_win_rate",
  title: "Win rate, short",
  unit: "ratio",
  better: "higher",
  formula: "closed short trades with a net profit above 0 ÷ closed short trades",
  source: "definition",
  compute: (context) => {
    const { trades, won } = tradeTally(context).short;
    return trades === 0 ? unknown("no closed short trade") : won / trades;
  },
});
