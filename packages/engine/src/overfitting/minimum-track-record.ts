import { unknown, type Unknown } from "../metric.js";
import type { SharpeEstimate } from "../sharpe-estimate.js";
import { normalQuantile } from "../statistics.js";

/**
 * How many sessions a track record needs until its Sharpe ratio is above a threshold for more than luck.
 *
 * @param threshold  a Sharpe ratio of one session, 0 to ask for any skill at all
 * @param level      how often luck may be taken for skill, above 0 and below 1
 * @returns sessions, whole; Unknown where the ratio is not above the threshold: no length is enough
 * @source Bailey & López de Prado 2012, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15(2), equation 11
 * @example minimumTrackRecord({ ratio: 0.1, length: 500, shape: 1.005 }, 0, 0.05) is 273
 */
export function minimumTrackRecord(
  { ratio, shape }: SharpeEstimate,
  threshold: number,
  level: number,
): number | Unknown {
  if (ratio <= threshold) return unknown("the Sharpe ratio is not above the threshold");
  return Math.ceil(1 + shape * (normalQuantile(1 - level) / (ratio - threshold)) ** 2);
}
