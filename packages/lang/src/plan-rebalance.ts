import type { Graph } from "./graph.js";
import type { PlannedRebalance, PlannedWeight } from "./planned-universe.js";
import { constant, type PlacedExpression, type Rebalance, type TypedExpression } from "./program.js";
import { staticValue, type Known } from "./static.js";
import { number } from "./type.js";
import { units } from "./unit.js";
import { isWeightingLength, shortestReturns } from "./weightings.js";

/** A rebalance with its expressions as columns, and what is known before the run as numbers. */
export function planRebalance(
  { tag, every, when, holds, weight, cap, isRedistributed, exposure, band }: Rebalance,
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
    weight: planWeight(weight, graph, value),
    cap: cap && value(cap),
    isRedistributed,
    exposure: exposure && value(exposure),
    band: band === null ? 0 : value(band),
  };
}

function planWeight(
  weight: Rebalance["weight"],
  graph: Graph,
  value: (of: PlacedExpression) => number,
): PlannedWeight {
  if (weight.kind === "equal") return weight;
  if (weight.kind !== "returns") return { kind: weight.kind, column: graph.column(weight.value) };
  const { kind, weighting, isShrunk } = weight;
  const { span } = weight.length;
  const length = value(weight.length);
  // What is no length has been reported; planning goes on.
  const by = constant(isWeightingLength(length) ? length : shortestReturns, number(units.bars));
  return {
    ...{ kind, weighting, isShrunk, length },
    close: graph.column(close),
    oldest: graph.column({ kind: "delay", of: close, by, type: close.type, span }),
  };
}

const close: TypedExpression = { kind: "field", name: "close", type: number(units.price) };
