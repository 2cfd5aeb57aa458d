import type { Graph } from "./graph.js";
import type { PlannedRebalance } from "./planned-universe.js";
import type { PlacedExpression, Rebalance } from "./program.js";
import { staticValue, type Known } from "./static.js";

/** A rebalance with its expressions as columns, and what is known before the run as numbers. */
export function planRebalance(
  { tag, every, when, holds, weight, cap, band }: Rebalance,
  graph: Graph,
  known: Known,
): PlannedRebalance {
  const value = (of: PlacedExpression): number => staticValue(of.value, known) ?? NaN;
  return {
    tag,
    every,
    when: when && graph.column(when),
    holds: holds.map(({ side, choice, filter }) => ({
      side,
      order: choice?.order ?? "top",
      count: choice && value(choice.count),
      by: choice && graph.column(choice.by),
      where: filter && graph.column(filter),
    })),
    weight: weight.kind === "equal" ? weight : { kind: weight.kind, column: graph.column(weight.value) },
    cap: cap && value(cap),
    band: band === null ? 0 : value(band),
  };
}
