import { isUnknown, type MetricContext, type Unknown } from "../../metric.js";
import { certaintyAbove, sharpeEstimateOf, type SharpeEstimate } from "../../sharpe-estimate.js";
import { once } from "./once.js";
import { enoughForMoments, sessionReturns } from "./session-returns.js";

const sharpeEstimate = once((context): SharpeEstimate | Unknown => {
  const returns = sessionReturns(context, enoughForMoments);
  return isUnknown(returns) ? returns : sharpeEstimateOf(returns);
});

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
  const estimate = sharpeEstimate(context);
  return isUnknown(estimate) ? estimate : certaintyAbove(estimate, thresholdOf(estimate.length));
}
