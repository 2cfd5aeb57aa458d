import { isUnknown, type MetricContext, type Unknown, unknown } from "../../metric.js";
import { deviation, deviationOfLosses, meanOf } from "../../statistics.js";
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
export function sessionReturns(context: MetricContext, minimum: number): readonly number[] | Unknown {
  const returns = allReturns(context);
  if (returns.length < minimum) {
    return unknown(`needs at least ${minimum} session returns, has ${returns.length}`);
  }
  return isRuined(context) ? unknown(fellToZero) : returns;
}

interface Varying {
  readonly returns: readonly number[];
  readonly spread: number;
}

/** The session returns and their deviation, where they have one. */
export const varyingReturns = once((context): Varying | Unknown => {
  const returns = sessionReturns(context, enoughForMoments);
  if (isUnknown(returns)) return returns;
  const spread = returnDeviation(context);
  return spread === 0 ? unknown("the session returns do not vary") : { returns, spread };
});

const allReturns = once(({ sessionEquity }): readonly number[] => {
  const returns: number[] = [];
  for (let i = 1; i < sessionEquity.length; i++) returns.push(sessionEquity[i] / sessionEquity[i - 1] - 1);
  return returns;
});

/** What several metrics need of the returns, where there are enough of them. */
export const meanReturn = once((context) => meanOf(allReturns(context)));
export const returnDeviation = once((context) => deviation(allReturns(context), 1));
export const lossDeviation = once((context) => deviationOfLosses(allReturns(context)));

/** Whether the account was at or below zero before its last session. */
export const isRuined = once(({ sessionEquity }) =>
  sessionEquity.subarray(0, -1).some((value) => value <= 0),
);
