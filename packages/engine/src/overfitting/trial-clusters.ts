import { centredOf } from "../covariance.js";

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
  let best: TrialClusters | null = null;
  for (const groups of divisions(distances, count)) {
    const silhouette = silhouetteOf(distances, groups);
    if (silhouette > (best?.silhouette ?? clear)) best = { ...numbered(groups), silhouette };
  }
  if (best !== null) return best;
  const groups = Int32Array.from({ length: count }, (_, i) => i);
  return meanCorrelation(distances, count) >= 0.5
    ? { groups: groups.fill(0), count: Math.min(count, 1), silhouette: 0 }
    : { groups, count, silhouette: 0 };
}

/** From this mean silhouette on a division is one: of unrelated trials the best of all divisions has a few hundredths. */
const clear = 0.1;

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
    for (let j = 0; j < i; j++) {
      const [a, b] = [rows[i], rows[j]];
      let correlation = 0;
      for (let k = 0; k < a.length; k++) correlation += a[k] * b[k];
      distances[i * count + j] = distances[j * count + i] = Math.sqrt(Math.max(0, (1 - correlation) / 2));
    }
  return distances;
}

/** Returns less their mean, of length 1; all 0 where they do not vary. */
function unitOf(returns: Float64Array): Float64Array {
  const centred = centredOf(returns);
  const length = Math.sqrt(centred.reduce((sum, each) => sum + each * each, 0));
  return length > 0 ? centred.map((each) => each / length) : centred;
}

/** From a group for each trial down to two groups, by joining the nearest two; the same array each time. */
function* divisions(distances: Float64Array, count: number): Generator<Int32Array> {
  const groups = Int32Array.from({ length: count }, (_, i) => i);
  const sizes = new Float64Array(count).fill(1);
  const between = Float64Array.from(distances);
  const alive = Array.from(groups);
  const nearest = Int32Array.from(groups, (group) => nearestOf(group, alive, between, count));
  while (alive.length > 2) {
    let a = alive[0];
    for (const each of alive) {
      if (between[each * count + nearest[each]] < between[a * count + nearest[a]]) a = each;
    }
    const b = nearest[a];
    const [kept, gone] = [Math.min(a, b), Math.max(a, b)];
    const size = sizes[kept] + sizes[gone];
    for (const each of alive) {
      const distance =
        (between[kept * count + each] * sizes[kept] + between[gone * count + each] * sizes[gone]) / size;
      between[kept * count + each] = between[each * count + kept] = distance;
    }
    sizes[kept] = size;
    alive.splice(alive.indexOf(gone), 1);
    for (let i = 0; i < count; i++) if (groups[i] === gone) groups[i] = kept;
    for (const each of alive) {
      const isMoved = each === kept || nearest[each] === kept || nearest[each] === gone;
      const isNearer = between[each * count + kept] < between[each * count + nearest[each]];
      if (isMoved) nearest[each] = nearestOf(each, alive, between, count);
      else if (isNearer) nearest[each] = kept;
    }
    yield groups;
  }
}

function nearestOf(group: number, alive: readonly number[], between: Float64Array, count: number): number {
  let found = -1;
  for (const each of alive)
    if (each !== group && (found < 0 || between[group * count + each] < between[group * count + found]))
      found = each;
  return found;
}

/** The mean of the silhouettes of all trials. */
function silhouetteOf(distances: Float64Array, groups: Int32Array): number {
  const count = groups.length;
  const { groups: numbers, count: kinds } = numbered(groups);
  const sizes = new Float64Array(kinds);
  for (const group of numbers) sizes[group]++;
  let sum = 0;
  const toGroup = new Float64Array(kinds);
  for (let i = 0; i < count; i++) {
    toGroup.fill(0);
    for (let j = 0; j < count; j++) toGroup[numbers[j]] += distances[i * count + j];
    const own = numbers[i];
    if (sizes[own] === 1) continue; // a trial by itself has a silhouette of 0
    const inside = toGroup[own] / (sizes[own] - 1);
    let outside = Infinity;
    for (let group = 0; group < kinds; group++)
      if (group !== own) outside = Math.min(outside, toGroup[group] / sizes[group]);
    // Where all distances are 0, a trial is as near to the other group.
    sum += (outside - inside) / (Math.max(outside, inside) || 1);
  }
  return sum / count;
}

function numbered(groups: Int32Array): Pick<TrialClusters, "groups" | "count"> {
  const numbers = new Map<number, number>();
  const each = groups.map((group) => {
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    return numbers.get(group) ?? 0;
  });
  return { groups: each, count: numbers.size };
}
