import type { ColumnId, Plan, PlanNode } from "@bitfever/lang";

/** A plan of which nothing is left but what some columns need; what is given needs nothing. */
export function prunedPlan(
  plan: Plan,
  wanted: Iterable<ColumnId>,
  given: ReadonlyMap<ColumnId, unknown> = new Map(),
): Plan {
  const makers: (PlanNode | undefined)[] = [];
  for (const node of plan.nodes) for (const column of node.columns) makers[column] = node;
  const needed = new Set<PlanNode>();
  const open = [...wanted];
  for (let column = open.pop(); column !== undefined; column = open.pop()) {
    const node = makers[column];
    if (node === undefined || needed.has(node)) continue;
    needed.add(node);
    if (node.columns.every((each) => given.has(each))) continue;
    open.push(...inputsOf(node));
    // What takes turns does so together.
    if (node.loop !== null)
      for (const other of plan.nodes) if (other.loop === node.loop) open.push(...other.columns);
  }
  return withNodes(
    plan,
    plan.nodes.filter((node) => needed.has(node)),
  );
}

/** Spelled out, as each trial of a search has one: what is spread from another is of a shape of its own. */
const withNodes = (plan: Plan, nodes: readonly PlanNode[]): Plan => ({
  schema: plan.schema,
  name: plan.name,
  clock: plan.clock,
  calendar: plan.calendar,
  parameters: plan.parameters,
  markets: plan.markets,
  universe: plan.universe,
  allowsForming: plan.allowsForming,
  clocks: plan.clocks,
  nodes,
  columns: plan.columns,
  warmup: plan.warmup,
  lookback: plan.lookback,
  rules: plan.rules,
  limits: plan.limits,
  alerts: plan.alerts,
  fills: plan.fills,
  costs: plan.costs,
  outputs: plan.outputs,
});

/** The columns that a node reads. */
export function inputsOf(node: PlanNode): readonly ColumnId[] {
  if (node.kind === "kernel") return node.inputs;
  return node.kind === "across" || node.kind === "latest" || node.kind === "forming" ? [node.input] : [];
}
