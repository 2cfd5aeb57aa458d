import { max, mean } from "simple-statistics";
import { defineMetric, isUnknown, unknown } from "../metric.js";
import { deviation } from "../statistics.js";
import { enoughClosedTrades } from "./facts/closed-trades.js";

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
    const profits = trades.map(({ profit }) => profit);
    const notional = max(trades.map(({ entryValue }) => Math.abs(entryValue)));
    const spread = deviation(profits, notional);
    if (spread === 0) return unknown("the profits of the trades do not vary");
    return (Math.sqrt(profits.length) * mean(profits)) / spread;
  },
});
