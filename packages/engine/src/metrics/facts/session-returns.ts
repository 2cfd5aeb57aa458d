import { isUnknown, type MetricContext, type Unknown, unknown } from "../../metric.js";
import { deviation, deviationOfLosses, meanOf, quantilesOf, varianceOf } from "../../statistics.js";
import { once } from "./once.js";

export const fellToZero = "the account value fell to zero or below: its returns are not defined";

/** For mean and deviation: the error of a deviation measured from 30 values is still one part in eight. */
export const enoughForMoments = 30;
/** For the outermost 5%: of 100 values five lie there. */
export const enoughForTails = 100;

/**
 * Simple returns from one session's last account value to the next, the first from the initial capital.
 * Unknown when there are fewer than `minimum`, or when the account was at or below zero before its last session, since
 * nothing can be earned on a debt.
 */
export function sessionReturns(context: MetricContext, minimum: number): Float64Array | Unknown {
  const returns = allReturns(context);
  if (returns.length < minimum) {
    return unknown(`needs at least ${minimum} session returns, has ${returns.length}`);
  }
  return isRuined(context) ? unknown(fellToZero) : returns;
}

interface Varying {
  readonly returns: Float64Array;
  readonly spread: number;
}

/** The session returns and their deviation, where they have one. */
export const varyingReturns = once((context): Varying | Unknown => {
  const returns = sessionReturns(context, enoughForMoments);
  if (isUnknown(returns)) return returns;
  const spread = returnDeviation(context);
  return spread === 0 ? unknown("the session returns do not vary") : { returns, spread };
});

const allReturns = once(({ sessionEquity }) => changesOf(sessionEquity));

/** What each value is more than the one before it, as a fraction of that. */
export function changesOf(values: Float64Array): Float64Array {
  const changes = new Float64Array(values.length - 1);
  for (let i = 0; i < changes.length; i++) changes[i] = values[i + 1] / values[i] - 1;
  return changes;
}

/** What several metrics need of the returns, where there are enough of them. */
export const meanReturn = once((context) => meanOf(allReturns(context)));
export const returnVariance = once((context) => varianceOf(allReturns(context)));
export const returnDeviation = once((context) => deviation(allReturns(context), 1));
export const lossDeviation = once((context) => deviationOfLosses(allReturns(context)));

/** The outermost 5% of the returns begin here. */
export const tailsOf = once((context) => quantilesOf(allReturns(context), [0.05, 0.95]));

/** Whether the account was at or below zero before its last session. */
export const isRuined = once(({ sessionEquity }) => {
  for (let i = 0; i < sessionEquity.length - 1; i++) if (sessionEquity[i] <= 0) return true;
  return false;
});
