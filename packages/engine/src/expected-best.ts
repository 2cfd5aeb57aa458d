import { normalQuantile } from "./statistics.js";

/** Euler's constant γ. */
const euler = 0.5772156649015329;

/**
 * The largest of so many independent standard normal values that is to be expected: the best of many is in part luck.
 *
 * @param trials  from 1 on; between whole numbers too, where trials that resemble one another count as fewer
 * @returns 0 for one; (1 − γ)Φ⁻¹(1 − 1 ÷ N) + γΦ⁻¹(1 − 1 ÷ (N × e)) from two on, and the straight line between
 * @source Bailey & López de Prado 2014, "The Deflated Sharpe Ratio", equation 1
 */
export function expectedBest(trials: number): number {
  // The formula is for many: below two it falls under what a single one shows.
  if (trials < 2) return Math.max(0, trials - 1) * expectedBest(2);
  return (1 - euler) * normalQuantile(1 - 1 / trials) + euler * normalQuantile(1 - 1 / (trials * Math.E));
}

/**
 * How many independent trials have the given largest value to be expected: the inverse of `expectedBest`.
 *
 * @param best  in standard deviations
 * @param most  there are no more than that
 */
export function trialsExpecting(best: number, most: number): number {
  if (!(best > 0)) return 1;
  if (best >= expectedBest(most)) return most;
  // Halved in the logarithm, in which the expected best is nearly straight.
  let [low, high] = [0, Math.log(most)];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (expectedBest(Math.exp(middle)) < best) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
