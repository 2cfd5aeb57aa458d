/** How returns of several members move together: `values[i * count + j]`, symmetric. */
export interface Covariance {
  readonly count: number;
  readonly values: Float64Array;
}

/**
 * The sample covariance of returns, each row those of a member at the same moments. A member whose returns differ by
 * no more than rounding has a variance of exactly 0.
 */
export function covarianceOf(returns: readonly Float64Array[]): Covariance {
  const count = returns.length;
  const centred = returns.map(centredOf);
  const values = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      const [a, b] = [centred[i], centred[j]];
      let sum = 0;
      for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
      values[i * count + j] = values[j * count + i] = sum / (a.length - 1);
    }
  return { count, values };
}

/** Returns less their mean; all 0 where they differ by no more than rounding. */
export function centredOf(returns: Float64Array): Float64Array {
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const largest = returns.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const noise = largest * returns.length * Number.EPSILON;
  const centred = returns.map((each) => each - mean);
  return centred.every((each) => Math.abs(each) <= noise) ? centred.fill(0) : centred;
}

/** The standard deviation of each member. */
export const deviationsOf = ({ count, values }: Covariance): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sqrt(values[i * count + i]));
