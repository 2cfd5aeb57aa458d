import { defineMetric, isUnknown } from "../metric.js";
import { kellyFraction } from "../track-record.js";
import { enoughClosedTrades, tradeTally } from "./facts/trade-tally.js";
import { payoffRatio } from "./payoff-ratio.js";

export const kelly = defineMetric({
  name: "kelly",
  title: "Kelly fraction",
  unit: "ratio",
  better: "higher",
  formula: "W − (1 − W) ÷ R with W the win rate and R the payoff ratio, of capital; from 30 closed trades on",
  source: 'Kelly 1956, "A New Interpretation of Information Rate", Bell System Technical Journal 35(4)',
  compute: (context) => {
    const trades = enoughClosedTrades(context);
    if (isUnknown(trades)) return trades;
    const payoff = payoffRatio.compute(context);
    if (isUnknown(payoff)) return payoff;
    return kellyFraction(tradeTally(context).wins.trades / trades.closed, payoff);
  },
});
