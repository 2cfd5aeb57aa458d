import type { ColumnId, Plan, PlanNode } from "@bitfever/lang";
import { Evaluation, type Fields, type Surroundings } from "./evaluate.js";
import { nodeKeys } from "./node-keys.js";
import { inputsOf, prunedPlan } from "./pruned-plan.js";

/** Columns that are there already, by their ids in a plan. */
export type GivenColumns = ReadonlyMap<ColumnId, Float64Array>;

/** What is saved by computing equal nodes of many plans once. */
export interface SharedWork {
  /** Kernels that would be run over the bars if each plan were by itself. */
  readonly alone: number;
  /** Kernels that are. */
  readonly together: number;
  /** Nodes whose columns are kept, and the memory they take. */
  readonly kept: number;
  readonly bytes: number;
}

const blockLength = 2_048;

/**
 * Columns that several plans over the same bars have in common, computed once. Which are kept is decided before the
 * first is computed, by how many plans read them, within a budget of memory.
 */
export class SharedColumns {
  /** Kernels that have been run over the bars, for these columns and for the plans that were taken. */
  evaluations = 0;
  readonly work: SharedWork;
  private readonly columns = new Map<string, readonly Float64Array[]>();

  /**
   * @param plans   those that will be run
   * @param wanted  the columns of a plan that whoever runs it reads
   * @param budget  bytes for columns that are kept
   */
  constructor(
    private readonly fields: Fields,
    private readonly surroundings: Surroundings,
    plans: readonly Plan[],
    private readonly wanted: (plan: Plan) => readonly ColumnId[],
    budget: number,
  ) {
    const bytesEach = fields.time.length * Float64Array.BYTES_PER_ELEMENT;
    const kept = keptKeys(plans, wanted, Math.floor(budget / bytesEach));
    for (const plan of plans) this.compute(plan, kept);
    const columns = [...this.columns.values()].reduce((sum, each) => sum + each.length, 0);
    const apart = plans.map((plan) => kernelsIn(prunedPlan(plan, wanted(plan))));
    const left = plans.map((plan) => {
      const given = this.of(plan);
      return kernelsIn(prunedPlan(plan, wanted(plan), given), given);
    });
    this.work = {
      alone: sum(apart),
      together: this.evaluations + sum(left),
      kept: this.columns.size,
      bytes: columns * bytesEach,
    };
  }

  /** A plan that is to be run once: what of it is there, and what is left to compute. */
  take(plan: Plan): { readonly plan: Plan; readonly given: GivenColumns } {
    const given = this.of(plan);
    const pruned = prunedPlan(plan, this.wanted(plan), given);
    this.evaluations += kernelsIn(pruned, given);
    return { plan: pruned, given };
  }

  private of(plan: Plan): GivenColumns {
    const given = new Map<ColumnId, Float64Array>();
    for (const [i, key] of nodeKeys(plan).entries()) {
      const columns = key === null ? undefined : this.columns.get(key);
      if (columns !== undefined) plan.nodes[i].columns.forEach((each, k) => given.set(each, columns[k]));
    }
    return given;
  }

  /** Computes those columns of a plan that are to be kept and are not there. */
  private compute(plan: Plan, kept: ReadonlySet<string>): void {
    const keys = nodeKeys(plan);
    const missing = plan.nodes.flatMap((node, i) => {
      const key = keys[i];
      return key !== null && kept.has(key) && !this.columns.has(key) ? [{ key, node }] : [];
    });
    if (missing.length === 0) return;
    const given = this.of(plan);
    const wanted = missing.flatMap(({ node }) => node.columns);
    const part = prunedPlan(plan, wanted, given);
    const { length } = this.fields.time;
    const evaluation = new Evaluation(part, Math.min(blockLength, length), { ...this.surroundings, given });
    const whole = new Map(wanted.map((each) => [each, new Float64Array(length)]));
    for (let from = 0; from < length; from += blockLength) {
      const to = Math.min(from + blockLength, length);
      evaluation.append(this.fields, from, to);
      for (const [column, values] of whole) values.set(evaluation.newest(column), from);
    }
    this.evaluations += kernelsIn(part, given);
    for (const { key, node } of missing)
      this.columns.set(
        key,
        node.columns.flatMap((each) => whole.get(each) ?? []),
      );
  }
}

/**
 * The nodes that are worth keeping: kernels that more than one plan has, and of these only what something else reads
 * than another that is kept. The most used go first.
 */
function keptKeys(
  plans: readonly Plan[],
  wanted: (plan: Plan) => readonly ColumnId[],
  mostColumns: number,
): ReadonlySet<string> {
  const uses = new Map<string, { count: number; readonly columns: number; isRead: boolean }>();
  const all = plans.map((plan) => ({ plan, keys: nodeKeys(plan) }));
  for (const { plan, keys } of all)
    for (const [i, node] of plan.nodes.entries()) {
      const key = keys[i];
      if (key === null || node.kind !== "kernel") continue;
      const use = uses.get(key) ?? { count: 0, columns: node.columns.length, isRead: false };
      use.count++;
      uses.set(key, use);
    }
  const isShared = (key: string | null): key is string => key !== null && (uses.get(key)?.count ?? 0) > 1;
  for (const { plan, keys } of all) {
    const keyOf = new Map(
      plan.nodes.flatMap((node, i) => node.columns.map((each) => [each, keys[i]] as const)),
    );
    const read = [
      ...wanted(plan),
      ...plan.nodes.flatMap((node, i) => (isShared(keys[i]) ? [] : inputsOf(node))),
    ];
    for (const column of read) {
      const use = uses.get(keyOf.get(column) ?? "");
      if (use !== undefined) use.isRead = true;
    }
  }
  const worth = [...uses].filter(([key, { isRead }]) => isRead && isShared(key));
  worth.sort(([, a], [, b]) => b.count - a.count);
  const kept = new Set<string>();
  let left = mostColumns;
  for (const [key, { columns }] of worth) {
    if (columns > left) continue;
    kept.add(key);
    left -= columns;
  }
  return kept;
}

const kernelsIn = ({ nodes }: Plan, given: GivenColumns = new Map()): number =>
  nodes.filter((node: PlanNode) => node.kind === "kernel" && !node.columns.every((each) => given.has(each)))
    .length;

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);
