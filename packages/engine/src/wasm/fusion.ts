import type { ColumnId, Plan, PlanNode } from "@bitfever/lang";
import { inputsOf } from "../pruned-plan.js";
import type { FusedKernel } from "./fused-kernel.js";
import { fusedKernels } from "./kernels/index.generated.js";
import { operators } from "./operators.js";

/** A node that is computed in one loop with others. */
export type FusedNode = Extract<PlanNode, { kind: "kernel" | "constant" }>;

/** A condition, and its bit among the signals. */
export interface Signal {
  readonly column: ColumnId;
  readonly bit: number;
}

/** The nodes of a plan by when they are computed: each in a loop of its own, all in one, and those that need what that makes. */
export interface Fusion {
  readonly fused: ReadonlySet<FusedNode>;
  /** Columns that are computed once the loop is through. */
  readonly late: ReadonlySet<ColumnId>;
}

const known: ReadonlyMap<string, FusedKernel> = new Map(
  [...operators, ...fusedKernels].map((each) => [each.name, each]),
);

export function fusedKernelOf(node: PlanNode): FusedKernel | null {
  if (node.kind !== "kernel") return null;
  const kernel = known.get(node.kernel);
  return kernel !== undefined && (kernel.takes?.(node.parameters) ?? true) ? kernel : null;
}

/**
 * What of a plan one loop can compute: kernels that are known as code and need nothing that comes after them. Null where
 * there is none, and of plans with values of the bar before that need one another.
 *
 * @param given  columns that are there already
 */
export function fusionOf({ nodes }: Plan, given: ReadonlyMap<ColumnId, unknown> = new Map()): Fusion | null {
  if (nodes.some(({ loop, kind }) => loop !== null || kind === "across")) return null;
  const fused = new Set<FusedNode>();
  const made = new Set<ColumnId>();
  const late = new Set<ColumnId>();
  for (const node of nodes) {
    if (node.columns.every((each) => given.has(each))) continue;
    const inputs = inputsOf(node);
    const isLate = inputs.some((each) => late.has(each));
    if (!isLate && isFusible(node)) {
      fused.add(node);
      for (const each of node.columns) made.add(each);
    } else if (isLate || inputs.some((each) => made.has(each)))
      for (const each of node.columns) late.add(each);
  }
  const isWorthIt = [...fused].some(({ kind }) => kind === "kernel");
  return isWorthIt ? { fused, late } : null;
}

const isFusible = (node: PlanNode): node is FusedNode =>
  node.clock === 0 && node.phase === "column" && (node.kind === "constant" || fusedKernelOf(node) !== null);
