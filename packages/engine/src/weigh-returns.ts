import type { WeightingName } from "@bitfever/lang";
import { covarianceOf, deviationsOf } from "./covariance.js";
import { weightings } from "./weights/index.generated.js";

const weightingOf = new Map(weightings.map((each) => [each.name, each]));

/**
 * The part of each member by what its returns were, together 1, each row of returns at the same moments. A member is
 * absent, NaN, where one of its returns is, and where it never moved: it shows no risk to weigh it by.
 */
export function weighReturns(name: WeightingName, returns: readonly Float64Array[]): readonly number[] {
  const weighting = weightingOf.get(name);
  if (weighting === undefined) throw new Error(`weigh: no weighting \`${name}\``);
  const parts = returns.map(() => NaN);
  const there = returns.flatMap((each, i) => (each.every(Number.isFinite) ? [i] : []));
  const all = covarianceOf(there.map((i) => returns[i]));
  const deviations = deviationsOf(all);
  const moving = there.filter((_, k) => deviations[k] > 0);
  if (moving.length === 0) return parts;
  const covariance = moving.length === there.length ? all : covarianceOf(moving.map((i) => returns[i]));
  const weights = weighting.weigh(covariance);
  moving.forEach((i, k) => (parts[i] = weights[k]));
  return parts;
}
