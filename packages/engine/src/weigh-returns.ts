import type { WeightingName } from "@bitfever/lang";
import { covarianceOf, deviationsOf } from "./covariance.js";
import { shrunkCovarianceOf } from "./shrinkage.js";
import { weightings } from "./weights/index.generated.js";

const weightingOf = new Map(weightings.map((each) => [each.name, each]));

/**
 * The part of each member by what its returns were, together 1, each row of returns at the same moments. A member is
 * absent, NaN, where one of its returns is, and where it never moved: it shows no risk to weigh it by.
 *
 * @param cap       the most of one part; where that is too little for all to be held together, each has it
 * @param isShrunk  whether the covariance is drawn towards one in which all are correlated alike
 */
export function weighReturns(
  name: WeightingName,
  returns: readonly Float64Array[],
  { cap = Infinity, isShrunk = false }: { readonly cap?: number; readonly isShrunk?: boolean } = {},
): readonly number[] {
  const weighting = weightingOf.get(name);
  if (weighting === undefined) throw new Error(`weigh: no weighting \`${name}\``);
  const parts = returns.map(() => NaN);
  const there = returns.flatMap((each, i) => (each.every(Number.isFinite) ? [i] : []));
  const all = covarianceOf(there.map((i) => returns[i]));
  const deviations = deviationsOf(all);
  const moving = there.filter((_, k) => deviations[k] > 0);
  if (moving.length === 0) return parts;
  if (cap * moving.length <= 1) {
    for (const i of moving) parts[i] = cap;
    return parts;
  }
  const weighed = moving.map((i) => returns[i]);
  const isAll = moving.length === there.length;
  const covariance = isShrunk ? shrunkCovarianceOf(weighed) : isAll ? all : covarianceOf(weighed);
  const weights = weighting.weigh(covariance, cap);
  moving.forEach((i, k) => (parts[i] = weights[k]));
  return parts;
}
