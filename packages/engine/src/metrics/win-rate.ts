import { defineMetric, unknown } from "../metric.js";
import { closedTrades, winningTrades } from "./facts/closed-trades.js";

export const winRate = defineMetric({
  name: "win_rate",
  title: "Win rate",
  unit: "ratio",
  better: "higher",
  formula: "closed trades with a net profit above 0 ÷ closed trades",
  source: "definition",
  compute: (context) => {
    const { length } = closedTrades(context);
    return length === 0 ? unknown("no closed trade") : winningTrades(context).length / length;
  },
});
