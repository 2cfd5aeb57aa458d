import { isUnknown, unknown, type MetricContext, type Unknown } from "./metric.js";
import { enoughClosedTrades } from "./metrics/facts/trade-tally.js";
import { fellToZero } from "./metrics/facts/session-returns.js";

/** Of each closed trade, in order of exit, what it earned of the account that it found. */
export function earnedOfAccount(context: MetricContext): readonly number[] | Unknown {
  const trades = enoughClosedTrades(context);
  if (isUnknown(trades)) return trades;
  const { equity, initialCapital } = context;
  const accounts = Array.from(trades.entryBar.subarray(0, trades.closed), (bar) =>
    bar === 0 ? initialCapital : equity.valueAt(bar - 1),
  );
  if (accounts.some((value) => !(value > 0))) return unknown(fellToZero);
  return accounts.map((account, i) => trades.profit[i] / account);
}
