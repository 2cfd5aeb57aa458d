import { unknown, type Unknown } from "./metric.js";
import { deviation, meanOf, normalShare, squaredDeviations } from "./statistics.js";

/** A Sharpe ratio as it was measured, and what is needed to tell how far off it may be. */
export interface SharpeEstimate {
  /** Of one session. */
  readonly ratio: number;
  /** How many session returns it was measured from. */
  readonly length: number;
  /**
   * 1 − γ₃s + (γ₄ − 1) ÷ 4 × s²: what the variance of the estimate is, times n − 1. It is about 1 for returns that are
   * nearly normal, and more for those that are skewed to losses or have heavy tails.
   */
  readonly shape: number;
}

/**
 * The Sharpe ratio of one session and the shape of the distribution of returns.
 *
 * @param returns  simple returns of sessions, at least two
 * @returns Unknown where they do not vary, or are so lopsided that the error is not defined
 * @source Mertens 2002, "Comments on Variance of the IID Estimator in Lo"; Bailey & López de Prado 2012, "The Sharpe Ratio
 * Efficient Frontier", Journal of Risk 15(2)
 */
export function sharpeEstimateOf(returns: ArrayLike<number>): SharpeEstimate | Unknown {
  const spread = deviation(returns, 1);
  if (spread === 0) return unknown("the session returns do not vary");
  const { length } = returns;
  const middle = meanOf(returns);
  const width = Math.sqrt(squaredDeviations(returns) / length);
  const ratio = middle / spread;
  const third = new Float64Array(length);
  const fourth = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const standardised = (returns[i] - middle) / width;
    const squared = standardised * standardised;
    third[i] = squared * standardised;
    fourth[i] = squared * squared;
  }
  const shape = 1 - meanOf(third) * ratio + ((meanOf(fourth) - 1) / 4) * (ratio * ratio);
  return shape > 0 ? { ratio, length, shape } : unknown("the session returns are too lopsided for it");
}

/** How likely the true Sharpe ratio of one session is above a threshold. */
export const certaintyAbove = ({ ratio, length, shape }: SharpeEstimate, threshold: number): number =>
  normalShare((ratio - threshold) * Math.sqrt((length - 1) / shape));
