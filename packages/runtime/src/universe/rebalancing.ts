import type { ColumnId, PlannedHold, PlannedRebalance } from "@bitfever/lang";
import { redistributed, weighReturns } from "@bitfever/engine";

/** What a rebalance asks of a member at the close of a moment. */
export interface Candidate {
  readonly value: (column: ColumnId) => number;
  /** The signed share of equity that is held of it. */
  readonly share: number;
  /** The log returns of a column of prices over the last moments; not finite where there is no such price. */
  readonly returns: (price: ColumnId, length: number) => Float64Array;
}

/**
 * The share of equity to hold of each candidate, signed; 0 is none, NaN is one that is absent, null leaves it as it is.
 * A candidate that several clauses choose is held as the first of them says.
 *
 * @param idle  the share of equity, long and short together, that is held of those that cannot be traded now
 */
export function sharesOf(
  { holds, weight, cap, isRedistributed, exposure, band }: PlannedRebalance,
  candidates: readonly Candidate[],
  idle = 0,
): readonly (number | null)[] {
  const room = exposure && Math.max(0, exposure - idle);
  const limit = cap ?? Infinity;
  const sides = candidates.map(() => 0);
  for (const hold of holds)
    for (const i of chosen(hold, candidates)) sides[i] ||= hold.side === "long" ? 1 : -1;
  // Parts are of what is shared out, the cap is of equity.
  const parts = partsOf(weight, candidates, sides, isRedistributed ? limit / (room ?? 1) : Infinity);
  // Nothing can be held in proportion to what is not there, or is below nothing.
  const weighed = parts.map((part) => (part > 0 ? part : 0));
  const sum = weighed.reduce((total, each) => total + each, 0);
  const whole = weight.kind === "at" ? Math.max(1, sum / (room ?? Infinity)) : sum / (room ?? 1);
  const shares = weighed.map((part) => (part === 0 ? 0 : part / whole));
  const capped = isRedistributed ? redistributed(shares, limit) : shares.map((each) => Math.min(each, limit));
  return candidates.map(({ share }, i) => {
    if (Number.isNaN(parts[i])) return NaN;
    const wanted = capped[i] * sides[i];
    const isKept = wanted !== 0 && wanted * share > 0 && Math.abs(wanted - share) < band;
    return isKept ? null : wanted;
  });
}

/**
 * How much of each, before they are made into shares: 0 of what is not chosen, NaN where it is absent.
 *
 * @param most  what one part may be where returns say them, of which the others have what it cuts off
 */
function partsOf(
  weight: PlannedRebalance["weight"],
  candidates: readonly Candidate[],
  sides: readonly number[],
  most: number,
): readonly number[] {
  if (weight.kind !== "returns")
    return candidates.map(({ value }, i) => {
      if (sides[i] === 0) return 0;
      const part = weight.kind === "equal" ? 1 : value(weight.column);
      return Number.isFinite(part) ? part : NaN;
    });
  const held = candidates.flatMap((_, i) => (sides[i] === 0 ? [] : [i]));
  // What is sold short gains what the price loses.
  const returns = held.map((i) =>
    candidates[i].returns(weight.close, weight.length).map((each) => each * sides[i]),
  );
  const weights = weighReturns(weight.weighting, returns, { cap: most, isShrunk: weight.isShrunk });
  const parts = candidates.map(() => 0);
  held.forEach((i, k) => (parts[i] = weights[k]));
  return parts;
}

/** Of equal values the first is chosen first. */
function chosen(
  { order, count, by, where }: PlannedHold,
  candidates: readonly Candidate[],
): readonly number[] {
  const eligible = candidates.flatMap(({ value }, i) => (where === null || value(where) === 1 ? [i] : []));
  if (by === null || count === null) return eligible;
  const scored = eligible
    .map((i) => ({ i, score: candidates[i].value(by) * (order === "top" ? -1 : 1) }))
    .filter(({ score }) => !Number.isNaN(score));
  scored.sort((a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : a.i - b.i));
  return scored.slice(0, count).map(({ i }) => i);
}
