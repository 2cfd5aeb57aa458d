import { mean, standardDeviation } from "simple-statistics";
import { isUnknown, unknown, type MetricContext, type Unknown } from "../../metric.js";
import { normalShare } from "../../statistics.js";
import { varyingReturns } from "./session-returns.js";

/**
 * How likely the true Sharpe ratio is above a threshold, as far as the session returns and the shape of their
 * distribution can tell.
 *
 * @param thresholdOf  a Sharpe ratio of one session, by the number of session returns
 */
export function sharpeCertainty(
  context: MetricContext,
  thresholdOf: (length: number) => number,
): number | Unknown {
  const varying = varyingReturns(context);
  if (isUnknown(varying)) return varying;
  const { returns, spread } = varying;
  const { length } = returns;
  const ratio = mean(returns) / spread;
  const standardised = returns.map((each) => (each - mean(returns)) / standardDeviation(returns));
  const third = mean(standardised.map((each) => each ** 3));
  const fourth = mean(standardised.map((each) => each ** 4));
  const error = 1 - third * ratio + ((fourth - 1) / 4) * ratio ** 2;
  if (error <= 0) return unknown("the session returns are too lopsided for it");
  return normalShare((ratio - thresholdOf(length)) * Math.sqrt((length - 1) / error));
}
