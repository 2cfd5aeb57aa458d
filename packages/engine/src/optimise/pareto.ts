import type { Trial } from "./method.js";

type Outcome = Pick<Trial, "objectives" | "violation">;

/** Whether it has a value for every objective. */
export const isComplete = ({ objectives, violation }: Outcome): boolean =>
  !Number.isNaN(violation) && objectives.every((each) => !Number.isNaN(each));

/**
 * The places of what nothing else betters: no other row is at least as good in every objective and better in one. Equal
 * rows stay together.
 *
 * @param rows  objectives, more is better; a row with NaN is not looked at
 * @returns     places in ascending order
 * @source Kung, Luccio & Preparata 1975, "On Finding the Maxima of a Set of Vectors": what comes later in
 *   lexicographic order never dominates what came before
 */
export function paretoSet(rows: readonly (readonly number[])[]): readonly number[] {
  const kept: number[] = [];
  for (const place of descending(rows))
    if (!kept.some((each) => dominates(rows[each], rows[place]))) kept.push(place);
  return kept.sort((a, b) => a - b);
}

/**
 * Trials in fronts, the best first: those that nothing betters, then those that only the first front betters, and so
 * on. A trial for which constraints hold is better than any for which they do not, of which the smaller violation is
 * better; those without a value come last.
 *
 * @returns the places of the trials of each front
 * @source Deb, Pratap, Agarwal & Meyarivan 2002, "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II";
 *   Zhang, Tian, Cheng & Jin 2015, "An Efficient Approach to Nondominated Sorting" for how they are found
 */
export function frontsOf(trials: readonly Outcome[]): readonly (readonly number[])[] {
  const places = trials.map((_, place) => place);
  const complete = places.filter((each) => isComplete(trials[each]));
  const allowed = complete.filter((each) => trials[each].violation === 0);
  const rows = allowed.map((each) => trials[each].objectives);
  const fronts: number[][] = [];
  for (const row of descending(rows)) {
    const front = fronts.find((each) => !each.some((other) => dominates(rows[other], rows[row])));
    if (front === undefined) fronts.push([row]);
    else front.push(row);
  }
  const violations = [...new Set(complete.map((each) => trials[each].violation))].sort((a, b) => a - b);
  return [
    ...fronts.map((front) => front.map((row) => allowed[row])),
    ...violations
      .filter((violation) => violation > 0)
      .map((violation) => complete.filter((each) => trials[each].violation === violation)),
    places.filter((each) => !isComplete(trials[each])),
  ].filter((front) => front.length > 0);
}

/**
 * How far apart a front's neighbours on each side of a trial are, summed over the objectives as shares of their range:
 * Infinity at the ends. The lonelier a trial, the more of the front is known by it alone.
 *
 * @source Deb et al. 2002
 */
export function crowdingOf(front: readonly Outcome[]): Float64Array {
  const distances = new Float64Array(front.length);
  const objectives = front[0]?.objectives.length ?? 0;
  for (let k = 0; k < objectives; k++) {
    const at = (place: number): number => front[place].objectives[k];
    const order = front.map((_, place) => place).sort((a, b) => compare(at(a), at(b)) || a - b);
    const range = at(order[order.length - 1]) - at(order[0]);
    distances[order[0]] = distances[order[order.length - 1]] = Infinity;
    if (!(range > 0 && range < Infinity)) continue;
    for (let i = 1; i + 1 < order.length; i++)
      distances[order[i]] += (at(order[i + 1]) - at(order[i - 1])) / range;
  }
  return distances;
}

/** Places of trials from the best to the worst; of equal ones the earlier first. */
export function ranked(trials: readonly Outcome[]): readonly number[] {
  if (trials.every((each) => each.objectives.length === 1))
    return trials.map((_, place) => place).sort((a, b) => compareSingle(trials[a], trials[b]) || a - b);
  return frontsOf(trials).flatMap((front) => {
    const distances = crowdingOf(front.map((each) => trials[each]));
    const order = front
      .map((_, i) => i)
      .sort((a, b) => compare(distances[b], distances[a]) || front[a] - front[b]);
    return order.map((i) => front[i]);
  });
}

/** Below 0 where the first is better. */
function compareSingle(a: Outcome, b: Outcome): number {
  const [isA, isB] = [isComplete(a), isComplete(b)];
  if (!isA || !isB) return Number(isB) - Number(isA);
  return compare(a.violation, b.violation) || compare(b.objectives[0], a.objectives[0]);
}

/** Differences would make NaN of two infinities. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((each, k) => each >= b[k]) && a.some((each, k) => each > b[k]);

/** Places of rows without NaN in descending lexicographic order. */
function descending(rows: readonly (readonly number[])[]): readonly number[] {
  const places = rows.map((_, place) => place).filter((each) => !rows[each].some(Number.isNaN));
  return places.sort((a, b) => {
    const differing = rows[a].findIndex((each, k) => each !== rows[b][k]);
    return differing < 0 ? a - b : compare(rows[b][differing], rows[a][differing]);
  });
}
