import { type MetricContext, type Unknown, unknown } from "../../metric.js";
import { monthsOf } from "../../months.js";
import { once, onceOf } from "./once.js";
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
const monthEnds = once(({ bars, timeWeighted, initialCapital }): readonly number[] => [
  initialCapital,
  ...timeWeighted.valuesAt(lastBars(bars.time)),
]);

const lastBars = onceOf((time) => Int32Array.from(monthsOf(time), ({ last }) => last));
