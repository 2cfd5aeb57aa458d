import { defineMetric, isUnknown, unknown, type MetricContext } from "../metric.js";
import { exponential } from "../portable.js";
import { yearMs, yearsCovered } from "./facts/years.js";

export const moneyWeightedReturn = defineMetric({
  name: "money_weighted_return",
  title: "Money-weighted return",
  unit: "ratio",
  better: "higher",
  formula:
    "the yearly rate r at which initial capital × (1 + r)^T and the sum of deposits less withdrawals × (1 + r)^(T − t) make the last equity; years of 365.25 days, t from the first open; where there were deposits or withdrawals, from 30 days on",
  source: "internal rate of return; CFA Institute 2020, Global Investment Performance Standards",
  compute: (context) => {
    if (context.externalFlows.length === 0) return unknown("no deposits and no withdrawals");
    const years = yearsCovered(context);
    if (isUnknown(years)) return years;
    const roots = rootsOf(missing(context, years));
    if (roots.length === 0) return unknown("no yearly rate leads from these payments to the last equity");
    if (roots.length > 1) return unknown("several yearly rates lead from these payments to the last equity");
    return exponential(roots[0] / years) - 1;
  },
});

/** What the payments would have come to more than they did, by the logarithm of the growth over the whole time. */
function missing(
  { bars, equity, initialCapital, externalFlows }: MetricContext,
  years: number,
): (growth: number) => number {
  const last = equity.valueAt(equity.length - 1);
  const payments = externalFlows.map(({ bar, amount }) => ({
    amount,
    left: 1 - (bars.time[bar] - bars.time[0]) / (years * yearMs),
  }));
  return (growth) =>
    payments.reduce(
      (sum, { amount, left }) => sum + amount * exponential(growth * left),
      initialCapital * exponential(growth) - last,
    );
}

/** From a growth to a billionth part to one to a billion times; two roots nearer than a step are not told apart. */
const [lowest, highest, step] = [-20.7, 20.7, 0.05];

/** Where a function changes its sign, each to the last bits. */
function rootsOf(value: (at: number) => number): readonly number[] {
  const roots: number[] = [];
  for (let from = lowest, before = value(from); from < highest;) {
    const to = from + step;
    const after = value(to);
    if (after === 0) roots.push(to);
    else if (before !== 0 && before < 0 !== after < 0) roots.push(bisected(value, from, to));
    from = to;
    before = after;
  }
  return roots;
}

function bisected(value: (at: number) => number, from: number, to: number): number {
  const isBelow = value(from) < 0;
  let [low, high] = [from, to];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (value(middle) < 0 === isBelow) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
