import { max, mean, min, quantile, sampleStandardDeviation, sum } from "simple-statistics";

/**
 * Statistics of samples, with the conventions of the reports settled once. None of them knows of accounts or trades.
 */

/** What the library has, for columns too. */
export const sumOf = (values: ArrayLike<number>): number => sum(values as number[]);
export const meanOf = (values: ArrayLike<number>): number => mean(values as number[]);
export const largestOf = (values: ArrayLike<number>): number => max(values as number[]);
export const smallestOf = (values: ArrayLike<number>): number => min(values as number[]);

/**
 * What is left of a difference of two nearly equal doubles is rounding, not movement: a deviation below this part of
 * the numbers it was taken from counts as none. A double carries a relative error of 1.1e-16.
 */
export const roundingNoise = 1e-14;

/**
 * Sample standard deviation (n − 1), and exactly 0 where only rounding is left of it.
 *
 * @param values     at least two
 * @param magnitude  size of the numbers whose difference each value is: 1 for returns, which are `a / b − 1`
 */
export function deviation(values: ArrayLike<number>, magnitude: number): number {
  const measured = sampleStandardDeviation(values as number[]);
  return measured > roundingNoise * magnitude ? measured : 0;
}

/**
 * Root mean square of the values below 0, where those above count as 0: the deviation of losses alone. 0 where only
 * rounding is left of it.
 */
export function deviationOfLosses(returns: readonly number[]): number {
  const measured = Math.sqrt(mean(returns.map((value) => Math.min(value, 0) ** 2)));
  return measured > roundingNoise ? measured : 0;
}

/** The values up to and including the quantile `share`: the left tail of the sample; never empty. */
export function leftTail(values: readonly number[], share: number): readonly number[] {
  const edge = quantile(values, share);
  return values.filter((value) => value <= edge);
}

/**
 * The share of a normal distribution below so many standard deviations.
 *
 * @source Marsaglia 2004, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4)
 */
export function normalShare(deviations: number): number {
  // Beyond it the share is 0 or 1 to the last digit that a report has.
  if (Math.abs(deviations) > 8) return deviations < 0 ? 0 : 1;
  let sum = deviations;
  let term = deviations;
  for (let odd = 3, before = NaN; sum !== before; odd += 2) {
    before = sum;
    term *= (deviations * deviations) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-deviations * deviations) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * So many standard deviations that the given share of a normal distribution lies below: the inverse of `normalShare`.
 *
 * @param share  above 0 and below 1
 */
export function normalQuantile(share: number): number {
  let [low, high] = [-8, 8];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
}
