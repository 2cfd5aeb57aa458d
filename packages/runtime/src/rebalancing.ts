import type { ColumnId, PlannedHold, PlannedRebalance } from "@bitfever/lang";

/** What a rebalance asks of a member at the close of a moment. */
export interface Candidate {
  readonly value: (column: ColumnId) => number;
  /** The signed share of equity that is held of it. */
  readonly share: number;
}

/**
 * The share of equity to hold of each candidate, signed; 0 is none, null leaves it as it is. A candidate that several
 * clauses choose is held as the first of them says.
 */
export function sharesOf(
  { holds, weight, cap, band }: PlannedRebalance,
  candidates: readonly Candidate[],
): readonly (number | null)[] {
  const sides = candidates.map(() => 0);
  for (const hold of holds)
    for (const i of chosen(hold, candidates)) sides[i] ||= hold.side === "long" ? 1 : -1;
  const parts = candidates.map(({ value }, i) => {
    if (sides[i] === 0) return 0;
    const part = weight.kind === "equal" ? 1 : value(weight.column);
    // Nothing can be held in proportion to what is not there, or is below nothing.
    return part > 0 && Number.isFinite(part) ? part : 0;
  });
  const whole = weight.kind === "at" ? 1 : parts.reduce((sum, each) => sum + each, 0);
  return candidates.map(({ share }, i) => {
    const wanted = parts[i] === 0 ? 0 : Math.min(parts[i] / whole, cap ?? Infinity) * sides[i];
    const isKept = wanted !== 0 && wanted * share > 0 && Math.abs(wanted - share) < band;
    return isKept ? null : wanted;
  });
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
