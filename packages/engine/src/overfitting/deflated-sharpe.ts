import { expectedBest } from "../expected-best.js";
import { certaintyAbove, type SharpeEstimate } from "../sharpe-estimate.js";

/**
 * How likely the true Sharpe ratio is above what the best of so many trials without skill would show: the metric
 * `deflated_sharpe`, from returns alone.
 *
 * The number of trials and their deviation belong together. Of trials that resemble one another either all are
 * counted, with the deviation that their Sharpe ratios have, or those that are effective, with the deviation of
 * chance: both at once would take off for the resemblance twice.
 *
 * @param trials     from 1 on, this one counted
 * @param deviation  standard deviation of the trials' Sharpe ratios of one session; what chance makes it where not given
 * @source Bailey & López de Prado 2014, "The Deflated Sharpe Ratio", Journal of Portfolio Management 40(5)
 */
export const deflatedSharpeOf = (
  estimate: SharpeEstimate,
  trials: number,
  deviation = 1 / Math.sqrt(estimate.length - 1),
): number => certaintyAbove(estimate, deviation * expectedBest(trials));
