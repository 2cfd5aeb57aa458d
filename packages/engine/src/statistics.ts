import { quantile, sampleKurtosis } from "simple-statistics";
import { exponential } from "./portable.js";

/**
 * Statistics of samples, with the conventions of the reports settled once. None of them knows of accounts or trades. A search asks
 * for them a hundred times a trial, so that sums are loops over columns; a test compares them with those of a library, to the
 * last bit.
 */

/** A loop that sees lists beside columns makes an object of each number that it reads. */
const columnOf = (values: ArrayLike<number>): Float64Array =>
  values instanceof Float64Array ? values : new Float64Array(values);

/**
 * The sum, with what rounding takes from it put back at the end.
 *
 * @source Neumaier 1974, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54
 */
export function sumOf(given: ArrayLike<number>): number {
  const values = columnOf(given);
  const { length } = values;
  if (length === 0) return 0;
  let sum = values[0];
  let lost = 0;
  for (let i = 1; i < length; i++) {
    const value = values[i];
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** NaN of no values. */
export const meanOf = (values: ArrayLike<number>): number => sumOf(values) / values.length;

export function largestOf(given: ArrayLike<number>): number {
  const values = columnOf(given);
  let largest = values[0];
  for (let i = 1; i < values.length; i++) if (values[i] > largest) largest = values[i];
  return largest;
}

export function smallestOf(given: ArrayLike<number>): number {
  const values = columnOf(given);
  let smallest = values[0];
  for (let i = 1; i < values.length; i++) if (values[i] < smallest) smallest = values[i];
  return smallest;
}

/** The values above 0, and 0 in place of the others. A loop, as a call for each value takes longer than the rest. */
export function gainsOf(values: Float64Array): Float64Array {
  const gains = new Float64Array(values.length);
  for (let i = 0; i < gains.length; i++) if (!(values[i] <= 0)) gains[i] = values[i];
  return gains;
}

/** The values below 0, and 0 in place of the others. */
export function lossesOf(values: Float64Array): Float64Array {
  const losses = new Float64Array(values.length);
  for (let i = 0; i < losses.length; i++) if (!(values[i] >= 0)) losses[i] = values[i];
  return losses;
}

export function areFinite(given: ArrayLike<number>): boolean {
  const values = columnOf(given);
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** What lies so far from the mean, squared and added up. */
export function squaredDeviations(given: ArrayLike<number>): number {
  const values = columnOf(given);
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const apart = values[i] - mean;
    sum += apart * apart;
  }
  return sum;
}

/** Sample variance (n − 1). */
export const varianceOf = (values: ArrayLike<number>): number =>
  squaredDeviations(values) / (values.length - 1);

/** Sample covariance (n − 1) of as many values as others. */
export function covarianceOf(given: ArrayLike<number>, givenOthers: ArrayLike<number>): number {
  const [values, others] = [columnOf(given), columnOf(givenOthers)];
  const [mean, otherMean] = [meanOf(values), meanOf(others)];
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - mean) * (others[i] - otherMean);
  return sum / (values.length - 1);
}

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
  const measured = Math.sqrt(varianceOf(values));
  return measured > roundingNoise * magnitude ? measured : 0;
}

/** R² of the straight line through values that are a step apart: 1 where all lie on it. */
export function straightness(given: ArrayLike<number>): number {
  const values = columnOf(given);
  const { length } = values;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[i];
  const mean = sum / length;
  const middle = (length - 1) / 2;
  let rise = 0;
  let run = 0;
  let apart = 0;
  for (let i = 0; i < length; i++) {
    const along = i - middle;
    const above = values[i] - mean;
    rise += along * above;
    run += along * along;
    apart += above * above;
  }
  const slope = rise / run;
  const start = mean - slope * middle;
  let missed = 0;
  for (let i = 0; i < length; i++) {
    const miss = values[i] - (start + slope * i);
    missed += miss * miss;
  }
  return 1 - missed / apart;
}

/**
 * Root mean square of the values below 0, where those above count as 0: the deviation of losses alone. 0 where only
 * rounding is left of it.
 */
export function deviationOfLosses(returns: Float64Array): number {
  const squares = lossesOf(returns);
  for (let i = 0; i < squares.length; i++) squares[i] *= squares[i];
  const measured = Math.sqrt(meanOf(squares));
  return measured > roundingNoise ? measured : 0;
}

/** The quantiles of a sample, interpolated; shares from 0 to 1. */
export const quantilesOf = (values: ArrayLike<number>, shares: readonly number[]): readonly number[] =>
  quantile(values as number[], shares as number[]);
/** The adjusted Fisher-Pearson coefficient G₁, of three values or more. */
export function skewnessOf(given: ArrayLike<number>): number {
  const values = columnOf(given);
  const { length } = values;
  const middle = meanOf(values);
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < length; i++) {
    const apart = values[i] - middle;
    squares += apart * apart;
    cubes += apart * apart * apart;
  }
  const spread = Math.sqrt(squares / (length - 1));
  // Not with `**`, whose last digit is the platform's.
  return (length * cubes) / ((length - 1) * (length - 2) * (spread * spread * spread));
}
/** The excess kurtosis G₂, of four values or more. */
export const kurtosisOf = (values: ArrayLike<number>): number => sampleKurtosis(values as number[]);

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
  return 0.5 + (sum * exponential((-deviations * deviations) / 2)) / Math.sqrt(2 * Math.PI);
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
