import { defineMetric, isUnknown, unknown } from "../metric.js";
import { closedTrades, enoughTrades, winningTrades } from "./facts/closed-trades.js";
import { payoffRatio } from "./payoff-ratio.js";

export const kelly = defineMetric({
  name: "kelly",
  title: "Kelly fraction",
  unit: "ratio",
  better: "higher",
  formula: "W − (1 − W) ÷ R with W the win rate and R the payoff ratio, of capital; from 30 closed trades on",
  source: 'Kelly 1956, "A New Interpretation of Information Rate", Bell System Technical Journal 35(4)',
  compute: (context) => {
    const { length } = closedTrades(context);
    if (length < enoughTrades) return unknown(`needs at least ${enoughTrades} closed trades, has ${length}`);
    const payoff = payoffRatio.compute(context);
    if (isUnknown(payoff)) return payoff;
    const won = winningTrades(context).length / length;
    return won - (1 - won) / payoff;
  },
});
