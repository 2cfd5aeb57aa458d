import { defineMetric, unknown } from "../metric.js";
import { tradeTally } from "./facts/trade-tally.js";

export const winRate = defineMetric({
  name: "win_rate",
  title: "Win rate",
  unit: "ratio",
  better: "higher",
  formula: "closed trades with a net profit above 0 ÷ closed trades",
  source: "definition",
  compute: (context) => {
    const { trades, wins } = tradeTally(context);
    return trades === 0 ? unknown("no closed trade") : wins.trades / trades;
  },
});
