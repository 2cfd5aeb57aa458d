import { components } from "./components.js";
import type { ColumnId } from "./column.js";
import type { PlanNode } from "./plan.js";

/**
 * Nodes in an order in which each needs only those before it. Where nodes need one another (a value that goes on from
 * its own past), they stand together, in an order in which each needs only earlier values of those behind it, and
 * carry the number of their loop.
 */
export function inOrder(nodes: readonly PlanNode[]): PlanNode[] {
  if (isInOrder(nodes)) return [...nodes];
  const makers = new Map<ColumnId, PlanNode>(
    nodes.flatMap((node) => node.columns.map((each) => [each, node] as const)),
  );
  const makersOf = (columns: readonly ColumnId[]): PlanNode[] =>
    columns.flatMap((each) => makers.get(each) ?? []);
  const needs = (of: PlanNode): PlanNode[] => makersOf(inputsOf(of));
  const found: PlanNode[] = [];
  let loops = 0;
  for (const group of components(nodes, needs)) {
    const [only, ...more] = group;
    const isLoop = more.length > 0 || (only !== undefined && needs(only).includes(only));
    if (!isLoop) {
      found.push(...group);
      continue;
    }
    const loop = loops++;
    const inside = new Set(group);
    // What looks back may come before what it looks back on.
    const now = (of: PlanNode): PlanNode[] =>
      makersOf(inputsOf(of).slice(looksBack(of) ? 1 : 0)).filter((each) => inside.has(each));
    // A group of one is itself; of more, the walk without the backward edges has no circle.
    for (const member of components(group, now)) for (const each of member) found.push({ ...each, loop });
  }
  return found;
}

function isInOrder(nodes: readonly PlanNode[]): boolean {
  const made = new Set<ColumnId>();
  for (const node of nodes) {
    for (const each of inputsOf(node)) if (!made.has(each)) return false;
    for (const each of node.columns) made.add(each);
  }
  return true;
}

export function inputsOf(node: PlanNode): readonly ColumnId[] {
  if (node.kind === "kernel") return node.inputs;
  return node.kind === "latest" || node.kind === "forming" || node.kind === "across" ? [node.input] : [];
}

/** Kernels that read their first input on earlier bars only. */
const looksBack = (node: PlanNode): boolean =>
  node.kind === "kernel" &&
  ((node.kernel === "delay" && node.parameters[0] > 0) || node.kernel === "previous");
