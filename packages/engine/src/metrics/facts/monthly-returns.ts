import { type MetricContext, type Unknown, unknown } from "../../metric.js";
import { once } from "./once.js";
import { fellToZero, isRuined } from "./session-returns.js";

const enoughMonths = 3;

/**
 * Simple returns of calendar months in UTC, by the open of bars, the first from the initial capital and the last to the
 * last close. Unknown below three months, and where the account was at zero or below before its last session.
 */
export function monthlyReturns(context: MetricContext): readonly number[] | Unknown {
  const values = monthEnds(context);
  const months = values.length - 1;
  if (months < enoughMonths) return unknown(`needs at least ${enoughMonths} months, has ${months}`);
  if (isRuined(context)) return unknown(fellToZero);
  return values.slice(1).map((value, i) => value / values[i] - 1);
}

/** The initial capital, and the account value at the last bar of each month. */
const monthEnds = once(({ bars, equity, initialCapital }): readonly number[] => {
  const ends = [initialCapital];
  let monthEnd = -Infinity;
  for (let bar = 0; bar < equity.length; bar++) {
    if (bars.time[bar] < monthEnd) continue;
    if (bar > 0) ends.push(equity[bar - 1]);
    const date = new Date(bars.time[bar]);
    monthEnd = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  }
  return equity.length === 0 ? ends : [...ends, equity[equity.length - 1]];
});
