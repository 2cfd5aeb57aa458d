import { centredOf } from "../covariance.js";
import { eachApart, joinsOf } from "./linkage.js";
import { nearSilhouettes, silhouetteOf } from "./silhouettes.js";

/** Trials that are much the same strategy, as groups. */
export interface TrialClusters {
  /** Of each trial, the number of its group, from 0 on in order of first appearance. */
  readonly groups: Int32Array;
  readonly count: number;
  /**
   * Mean silhouette of the trials: 1 where groups are far apart, 0 where trials are as near to another group as to
   * their own.
   */
  readonly silhouette: number;
}

/**
 * Groups trials by the correlation of their returns. The two groups that are nearest on the average are joined, again
 * and again, and of all these divisions the one is taken in which trials lie best in their own group, by the mean
 * silhouette. Where no division is clear, all are one group if every two are correlated by a half or more on the
 * average, else each is a group of its own.
 *
 * Time and memory grow with the square of the number of trials: draw a few hundred of more.
 *
 * @param returns  a row for each trial, of the same sessions
 * @source López de Prado & Lewis 2019, "Detection of False Investment Strategies Using Unsupervised Learning
 * Methods", Quantitative Finance 19(9), for distance and measure, without its division by the deviation, which lets
 * few trials lie evenly badly; Rousseeuw 1987, "Silhouettes", Journal of Computational and Applied Mathematics 20.
 * Groups are joined (average linkage) instead of drawn (k-means), so that no seed decides
 */
export function trialClusters(returns: readonly Float64Array[]): TrialClusters {
  const count = returns.length;
  const distances = distancesOf(returns);
  const joins = joinsOf(distances, count);
  const near = nearSilhouettes(distances, count, joins);
  const most = near.reduce((most, each) => Math.max(most, each), clear);
  let best: TrialClusters | null = null;
  const groups = eachApart(count);
  for (const [i, { kept, gone }] of joins.entries()) {
    for (let k = 0; k < count; k++) if (groups[k] === gone) groups[k] = kept;
    if (near[i] < most - rounding) continue;
    const silhouette = silhouetteOf(distances, groups);
    if (silhouette > (best?.silhouette ?? clear)) best = { ...numbered(groups), silhouette };
  }
  if (best !== null) return best;
  return meanCorrelation(distances, count) >= 0.5
    ? { groups: groups.fill(0), count: Math.min(count, 1), silhouette: 0 }
    : { groups: eachApart(count), count, silhouette: 0 };
}

/** From this mean silhouette on a division is one: of unrelated trials the best of all divisions has a few hundredths. */
const clear = 0.1;
/** Far more than what rounding makes of the silhouettes of a few hundred trials. */
const rounding = 1e-9;

/** Of every two different trials. */
function meanCorrelation(distances: Float64Array, count: number): number {
  const sum = distances.reduce((total, each) => total + 1 - 2 * each * each, 0) - count;
  return count < 2 ? 1 : sum / (count * (count - 1));
}

/** √((1 − ρ) ÷ 2) of every two trials, row by row: 0 of the same, 0.71 of unrelated ones, 1 of opposites. */
function distancesOf(returns: readonly Float64Array[]): Float64Array {
  const count = returns.length;
  const rows = returns.map(unitOf);
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j += 4) {
      // Behind the last one is itself, of which nobody reads.
      const [a, b, c, d] = [j, j + 1, j + 2, j + 3].map((each) => rows[Math.min(each, i)]);
      productsOf(rows[i], a, b, c, d).forEach((correlation, k) => {
        if (j + k >= i) return;
        const distance = Math.sqrt(Math.max(0, (1 - correlation) / 2));
        distances[i * count + j + k] = distances[(j + k) * count + i] = distance;
      });
    }
  return distances;
}

/** The products of a row with four others, together: none of the additions of one waits for those of another. */
function productsOf(
  row: Float64Array,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  d: Float64Array,
): readonly number[] {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let k = 0; k < row.length; k++) {
    const value = row[k];
    first += value * a[k];
    second += value * b[k];
    third += value * c[k];
    fourth += value * d[k];
  }
  return [first, second, third, fourth];
}

/** Returns less their mean, of length 1; all 0 where they do not vary. */
function unitOf(returns: Float64Array): Float64Array {
  const centred = centredOf(returns);
  const length = Math.sqrt(centred.reduce((sum, each) => sum + each * each, 0));
  return length > 0 ? centred.map((each) => each / length) : centred;
}

function numbered(groups: Int32Array): Pick<TrialClusters, "groups" | "count"> {
  const numbers = new Map<number, number>();
  const each = groups.map((group) => {
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    return numbers.get(group) ?? 0;
  });
  return { groups: each, count: numbers.size };
}
