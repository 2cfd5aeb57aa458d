import { paretoSet } from "@bitfever/engine";
import type { RecordedTrial } from "./study-trial.js";

/** What of a trial decides whether it is chosen. */
export type Choosable = Pick<RecordedTrial, "told" | "found">;

/**
 * The trials that nothing betters, in the order of their numbers: with one objective the best, equal ones together. Only trials
 * on the largest part of the history that any was tried on count, for which all constraints hold.
 */
export function frontOf<Each extends Choosable>(trials: readonly Each[]): readonly Each[] {
  const largest = trials.reduce((most, { told }) => Math.max(most, told.fidelity), 0);
  const counted = trials.filter(
    ({ told, found }) => told.fidelity === largest && told.allowed && !found.objectives.some(Number.isNaN),
  );
  return paretoSet(counted.map(({ found }) => found.objectives)).map((place) => counted[place]);
}

/** Of those that nothing betters, the best by the first objective, then by the second and so on; of equal ones the first. */
export function bestOf<Each extends Choosable>(front: readonly Each[]): Each | null {
  return front.reduce<Each | null>(
    (best, each) => (best === null || isBetter(each.found.objectives, best.found.objectives) ? each : best),
    null,
  );
}

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at] > b[at];
}
