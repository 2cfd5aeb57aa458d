import { mean, standardDeviation } from "simple-statistics";
import { unknown, type Unknown } from "./metric.js";
import { deviation, normalShare } from "./statistics.js";

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
export function sharpeEstimateOf(returns: readonly number[]): SharpeEstimate | Unknown {
  const spread = deviation(returns, 1);
  if (spread === 0) return unknown("the session returns do not vary");
  const { length } = returns;
  const [middle, width] = [mean(returns), standardDeviation(returns)];
  const ratio = middle / spread;
  const standardised = returns.map((each) => (each - middle) / width);
  const third = mean(standardised.map((each) => each ** 3));
  const fourth = mean(standardised.map((each) => each ** 4));
  const shape = 1 - third * ratio + ((fourth - 1) / 4) * ratio ** 2;
  return shape > 0 ? { ratio, length, shape } : unknown("the session returns are too lopsided for it");
}

/** How likely the true Sharpe ratio of one session is above a threshold. */
export const certaintyAbove = ({ ratio, length, shape }: SharpeEstimate, threshold: number): number =>
  normalShare((ratio - threshold) * Math.sqrt((length - 1) / shape));
