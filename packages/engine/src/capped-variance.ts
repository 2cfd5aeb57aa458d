import { solvePositive } from "./cholesky.js";

type Matrix = (row: number, column: number) => number;

/** By how much a covariance must be on the wrong side of another, as a share of what it is made of. */
const tolerance = 2 ** -40;

/**
 * The x with the smallest `xᵀΣx`, together 1 and each from 0 to a cap. Some members are free, the others at 0 or at the
 * cap. The best mix in which only the free ones move is gone to until one of them meets a bound, which ends its freedom.
 * Once it is reached, the member that most wants to leave its bound is freed. Nobody does where each at 0 varies with
 * the mix at least as much as the free ones, and each at the cap at most as much: the sign that the mix is the best.
 *
 * @param at     Σ, positive definite
 * @param cap    above 1 / count
 * @param start  parts that are not below 0; the nearer to the answer, the sooner it is there
 */
export function leastVarianceUnder(at: Matrix, cap: number, start: Float64Array): Float64Array {
  const x = filledUp(at, cap, start);
  let free = [...x.keys()].filter((i) => x[i] > 0 && x[i] < cap);
  if (free.length === 0) free = [x.findIndex((each) => each > 0)];
  // Rounding could make two sets seem better than one another.
  for (let turn = 0; turn < 16 * x.length; turn++) {
    const { wanted, level } = bestOf(at, x, free);
    const met = goTowards(x, free, wanted, cap);
    if (met !== null) {
      free = free.filter((i) => i !== met);
      continue;
    }
    const next = mostHeldBack(at, x, free, level);
    if (next === null) break;
    free.push(next);
  }
  return x;
}

/** The start cut off at the cap, and what is left given to those that vary least with it, each up to the cap. */
function filledUp(at: Matrix, cap: number, start: Float64Array): Float64Array {
  const x = start.map((each) => Math.min(each, cap));
  let rest = 1 - x.reduce((sum, each) => sum + each, 0);
  const covariances = x.map((_, i) => x.reduce((sum, each, j) => sum + each * at(i, j), 0));
  for (const i of [...x.keys()].sort((a, b) => covariances[a] - covariances[b])) {
    const more = Math.min(cap - x[i], Math.max(0, rest));
    x[i] = more === cap - x[i] ? cap : x[i] + more;
    rest -= more;
  }
  return x;
}

/** The best parts of the free ones with all others as they are, and how each of them then varies with the mix. */
function bestOf(
  at: Matrix,
  x: Float64Array,
  free: readonly number[],
): { wanted: Float64Array; level: number } {
  const isFree = new Set(free);
  const fixed = [...x.keys()].filter((i) => !isFree.has(i) && x[i] > 0);
  const among: Matrix = (row, column) => at(free[row], free[column]);
  const towards = solvePositive(among, new Float64Array(free.length).fill(1));
  const away = solvePositive(
    among,
    Float64Array.from(free, (i) => fixed.reduce((sum, j) => sum + at(i, j) * x[j], 0)),
  );
  const room = fixed.reduce((left, i) => left - x[i], 1);
  const sum = (values: Float64Array): number => values.reduce((total, each) => total + each, 0);
  const level = (room + sum(away)) / sum(towards);
  return { wanted: towards.map((each, k) => level * each - away[k]), level };
}

/** Moves the free ones towards what is wanted, until the first of them meets a bound: that one, or null for none. */
function goTowards(
  x: Float64Array,
  free: readonly number[],
  wanted: Float64Array,
  cap: number,
): number | null {
  let step = 1;
  let met: number | null = null;
  // One alone has what the others leave; that it meets a bound is rounding.
  const isAlone = free.length === 1;
  for (const [k, i] of free.entries()) {
    const bound = wanted[k] < 0 ? 0 : wanted[k] > cap ? cap : null;
    if (bound === null || isAlone) continue;
    const reach = (bound - x[i]) / (wanted[k] - x[i]);
    if (reach < step || met === null) [step, met] = [reach, k];
  }
  for (const [k, i] of free.entries())
    x[i] = Math.min(cap, Math.max(0, step === 1 ? wanted[k] : x[i] + step * (wanted[k] - x[i])));
  if (met === null) return null;
  x[free[met]] = wanted[met] < 0 ? 0 : cap;
  return free[met];
}

/** Who is at a bound and would make the variance less the most by leaving it; null where nobody would. */
function mostHeldBack(at: Matrix, x: Float64Array, free: readonly number[], level: number): number | null {
  const isFree = new Set(free);
  let best: number | null = null;
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    if (isFree.has(i)) continue;
    let covariance = 0;
    let size = Math.abs(level);
    for (let j = 0; j < x.length; j++) {
      const part = at(i, j) * x[j];
      covariance += part;
      size += Math.abs(part);
    }
    const gain = (x[i] === 0 ? level - covariance : covariance - level) - size * tolerance;
    if (gain > most) [best, most] = [i, gain];
  }
  return best;
}
