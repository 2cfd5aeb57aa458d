import { defineMetric, isUnknown, unknown } from "../metric.js";
import { deviation, meanOf } from "../statistics.js";
import { enoughClosedTrades, tradeTally } from "./facts/trade-tally.js";

export const sqn = defineMetric({
  name: "sqn",
  title: "System quality number",
  unit: "number",
  better: "higher",
  formula:
    "√trades × mean ÷ standard deviation (n − 1) of the net profits of closed trades; not capped at 100 trades; from 30 closed trades on",
  source:
    "Tharp 2008, Definitive Guide to Position Sizing, with net profits in place of multiples of the initial risk",
  compute: (context) => {
    const trades = enoughClosedTrades(context);
    if (isUnknown(trades)) return trades;
    const { closed, profit } = trades;
    const profits = profit.subarray(0, closed);
    const spread = deviation(profits, tradeTally(context).largestEntry);
    if (spread === 0) return unknown("the profits of the trades do not vary");
    return (Math.sqrt(closed) * meanOf(profits)) / spread;
  },
});
