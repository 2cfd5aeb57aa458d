import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const longWinRate = defineMetric({
  name: "long_win_rate",
  title: "Win rate, long",
  unit: "ratio",
  better: "higher",
  formula: "closed long trades with a net profit above 0 ÷ closed long trades",
  source: "definition",
  compute: (context) => {
    const { trades, won } = tradeTally(context).long;
    return trades === 0 ? unknown("no closed long trade") : won / trades;
  },
});
