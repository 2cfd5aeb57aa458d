import { centredOf, covarianceOf, deviationsOf, type Covariance } from "./covariance.js";

/**
 * The sample covariance of returns drawn towards one in which every two members are correlated alike, as much as all
 * are on the average. How far is what is expected to come nearest to the true covariance: the more the entries of the
 * sample are off by chance, and the less they differ from what they are drawn to. Variances stay as they are, and what
 * comes out is positive definite with fewer returns than members too.
 *
 * Ledoit and Wolf, Honey, I Shrunk the Sample Covariance Matrix (2004), appendix B.
 *
 * @param returns  each row those of a member at the same moments; each of them moves
 */
export function shrunkCovarianceOf(returns: readonly Float64Array[]): Covariance {
  const sample = covarianceOf(returns);
  const { target, intensity } = shrinkageOf(returns, sample);
  return {
    count: sample.count,
    values: sample.values.map((each, at) => intensity * target[at] + (1 - intensity) * each),
  };
}

/** What a sample covariance is drawn to, and how far: 0 not at all, 1 all of the way. */
export function shrinkageOf(
  returns: readonly Float64Array[],
  { count, values }: Covariance,
): { target: Float64Array; intensity: number } {
  const deviations = deviationsOf({ count, values });
  const correlation = meanCorrelation({ count, values }, deviations);
  const target = values.map((each, at) => {
    const [i, j] = [Math.floor(at / count), at % count];
    return i === j ? each : correlation * deviations[i] * deviations[j];
  });
  const centred = returns.map(centredOf);
  const length = centred[0]?.length ?? 0;
  // The paper divides by the number of returns.
  const small = (length - 1) / length;
  let [noise, shared, misfit] = [0, 0, 0];
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const at = i * count + j;
      const [a, b] = [centred[i], centred[j]];
      const [covariance, variance] = [values[at] * small, values[i * count + i] * small];
      let [spread, together] = [0, 0];
      for (let k = 0; k < length; k++) {
        const off = a[k] * b[k] - covariance;
        spread += off * off;
        together += (a[k] * a[k] - variance) * off;
      }
      noise += spread / length;
      // The paper has half of this and half of its counterpart, which the loop comes by as well.
      shared += ((i === j ? 1 : (correlation * deviations[j]) / deviations[i]) * together) / length;
      misfit += ((target[at] - values[at]) * small) ** 2;
    }
  // Where the sample is its own target, any share of it is the same.
  const intensity = misfit > 0 ? Math.max(0, Math.min(1, (noise - shared) / misfit / length)) : 0;
  return { target, intensity };
}

function meanCorrelation({ count, values }: Covariance, deviations: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) sum += values[i * count + j] / (deviations[i] * deviations[j]);
  return count < 2 ? 0 : sum / ((count * (count - 1)) / 2);
}
