import { leastVarianceUnder } from "../capped-variance.js";
import { solvePositive } from "../cholesky.js";
import { defineWeighting, inProportion } from "../weighting.js";

/**
 * What is added to each variance, as a share of it: too little to matter where one mix is the best, and where several
 * are it chooses among them, always the same.
 */
const ridge = 2 ** -30;
/** By how much the covariance of a member with the mix must be below the mix's variance, as a share of it. */
const tolerance = 2 ** -40;

export const minimum_variance = defineWeighting({
  name: "minimum_variance",
  title: "Minimum variance",
  formula: "the w ≥ 0, together 1, with the smallest wᵀΣw; identical members have equal parts",
  capped: "the same with 0 ≤ w ≤ cap: the mix of least variance under the cap",
  source:
    "Markowitz (1952), long only; by the active-set method of Lawson and Hanson, Solving Least Squares Problems (1974), " +
    "23.3, and under a cap by that of Nocedal and Wright, Numerical Optimization (2006), 16.5",
  weigh(covariance, cap) {
    const { count, values } = covariance;
    const at = (i: number, j: number): number => values[i * count + j] * (i === j ? 1 + ridge : 1);
    const free = inProportion(leastVariance(count, at));
    return free.every((each) => each <= cap) ? free : leastVarianceUnder(at, cap, free);
  },
});

/**
 * The x ≥ 0 with the smallest `½ xᵀΣx − Σx`, which is the best mix but for its size: the covariance of each held member
 * with it is 1, that of the others at least 1. Members are taken in one by one, those that help most first; who would
 * have to be sold short goes again. The mix of each set is better than that of the set before, so there is an end.
 */
function leastVariance(count: number, at: (row: number, column: number) => number): Float64Array {
  const x = new Float64Array(count);
  let held: number[] = [];
  // Rounding could make two sets seem better than one another.
  for (let turn = 0; turn < 8 * count; turn++) {
    const next = mostHelpful(x, held, at);
    if (next === null) break;
    held.push(next);
    for (;;) {
      const members = held;
      const ones = new Float64Array(members.length).fill(1);
      const wanted = solvePositive((i, j) => at(members[i], members[j]), ones);
      // How far each may go towards what is wanted of it before nothing is left of it.
      const reach = held.map((i, k) => (wanted[k] > 0 ? Infinity : x[i] && x[i] / (x[i] - wanted[k])));
      const step = Math.min(1, ...reach);
      for (const [k, i] of held.entries()) x[i] = reach[k] <= step ? 0 : x[i] + step * (wanted[k] - x[i]);
      if (step === 1) break;
      held = held.filter((i) => x[i] > 0);
    }
  }
  return x;
}

/** The member that makes the variance less the most; null where none does, the sign that the mix is the best. */
function mostHelpful(
  x: Float64Array,
  held: readonly number[],
  at: (row: number, column: number) => number,
): number | null {
  let best: number | null = null;
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    if (held.includes(i)) continue;
    let covariance = 0;
    let size = 1;
    for (const j of held) {
      const part = at(i, j) * x[j];
      covariance += part;
      size += Math.abs(part);
    }
    const gain = 1 - covariance - size * tolerance;
    if (gain > most) [best, most] = [i, gain];
  }
  return best;
}
