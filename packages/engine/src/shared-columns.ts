import type { ColumnId, Plan, PlanNode } from "@bitfever/lang";
import { Evaluation, type Fields, type Surroundings } from "./evaluate.js";
import { nodeKeys } from "./node-keys.js";
import { inputsOf, prunedPlan } from "./pruned-plan.js";

/** Columns that are there already, by their ids in a plan. */
export type GivenColumns = ReadonlyMap<ColumnId, Float64Array>;

/** Columns that several plans over the same bars have in common, by the names of their nodes. */
export type KeptColumns = ReadonlyMap<string, readonly Float64Array[]>;

/** What is saved by computing equal nodes of many plans once. */
export interface SharedWork {
  /** Kernels that would be run over the bars if each plan were by itself. */
  readonly alone: number;
  /** Kernels that are. */
  readonly together: number;
  /** Those of them that are run before the first plan, for what is kept. */
  readonly ahead: number;
  /** Nodes whose columns are kept, and the memory they take. */
  readonly kept: number;
  readonly bytes: number;
}

export interface SharingInput {
  readonly fields: Fields;
  readonly surroundings: Surroundings;
  /** Those that will be run. */
  readonly plans: readonly Plan[];
  /** The columns of a plan that whoever runs it reads. */
  readonly wanted: (plan: Plan) => readonly ColumnId[];
  /** For columns that are kept. */
  readonly mostBytes: number;
  /** Columns that are there already, of the same bars: what of them is worth keeping is kept. */
  readonly known?: KeptColumns | undefined;
  /** Makes a column; other threads read it where it is on memory that they share. */
  readonly allocate?: (length: number) => Float64Array;
  /** Hears of columns that were there already and are not kept. */
  readonly release?: (column: Float64Array) => void;
}

const blockLength = 2_048;
const noColumns: KeptColumns = new Map();

/**
 * Computes what several plans have in common, once each. Which columns are kept is decided before the first is computed, by
 * how many plans read them, within a budget of memory.
 */
export function shareColumns(input: SharingInput): {
  readonly columns: KeptColumns;
  /** Counted when somebody asks: it takes as long as planning. */
  readonly work: () => SharedWork;
} {
  const { fields, plans, wanted, mostBytes, known = noColumns, release } = input;
  const bytesEach = fields.time.length * Float64Array.BYTES_PER_ELEMENT;
  const names = keptNames(plans, wanted, Math.floor(mostBytes / bytesEach));
  const columns = new Map([...known].filter(([name]) => names.has(name)));
  for (const [name, each] of known) if (!names.has(name)) each.forEach((column) => release?.(column));
  let ahead = 0;
  for (const plan of plans) ahead += compute(input, plan, names, columns);
  return { columns, work: () => workOf(input, columns, ahead) };
}

function workOf({ fields, plans, wanted }: SharingInput, columns: KeptColumns, ahead: number): SharedWork {
  let [alone, together] = [0, ahead];
  for (const plan of plans) {
    alone += kernelsIn(prunedPlan(plan, wanted(plan)));
    const { plan: left, given } = withShared(plan, columns, wanted);
    together += kernelsIn(left, given);
  }
  const count = sum([...columns.values()].map(({ length }) => length));
  const bytes = count * fields.time.length * Float64Array.BYTES_PER_ELEMENT;
  return { alone, together, ahead, kept: columns.size, bytes };
}

/** What of a plan is there, and what is left of it to compute. */
export function withShared(
  plan: Plan,
  columns: KeptColumns,
  wanted: SharingInput["wanted"],
): { readonly plan: Plan; readonly given: GivenColumns } {
  const given = givenTo(plan, columns);
  return { plan: prunedPlan(plan, wanted(plan), given), given };
}

/** Kernels that are run over the bars for a plan. */
export const kernelsIn = ({ nodes }: Plan, given: GivenColumns = new Map()): number =>
  nodes.filter((node: PlanNode) => node.kind === "kernel" && !node.columns.every((each) => given.has(each)))
    .length;

function givenTo(plan: Plan, columns: KeptColumns): GivenColumns {
  const given = new Map<ColumnId, Float64Array>();
  for (const [i, key] of nodeKeys(plan).entries()) {
    const found = key === null ? undefined : columns.get(key);
    if (found !== undefined) plan.nodes[i].columns.forEach((each, k) => given.set(each, found[k]));
  }
  return given;
}

/** Computes those columns of a plan that are to be kept and are not there; how many kernels that took. */
function compute(
  { fields, surroundings, allocate = (length) => new Float64Array(length) }: SharingInput,
  plan: Plan,
  names: ReadonlySet<string>,
  columns: Map<string, readonly Float64Array[]>,
): number {
  const missing: { readonly key: string; readonly node: PlanNode }[] = [];
  for (const [i, key] of nodeKeys(plan).entries())
    if (key !== null && names.has(key) && !columns.has(key)) missing.push({ key, node: plan.nodes[i] });
  if (missing.length === 0) return 0;
  const given = givenTo(plan, columns);
  const part = prunedPlan(
    plan,
    missing.flatMap(({ node }) => node.columns),
    given,
  );
  const { length } = fields.time;
  // What is kept is of the strategy's own clock, and so is all it needs.
  const alone = { ...part, clocks: part.clocks.slice(0, 1), markets: [] };
  const evaluation = new Evaluation(alone, Math.min(blockLength, length), { ...surroundings, given });
  for (const { key, node } of missing)
    columns.set(
      key,
      node.columns.map(() => allocate(length)),
    );
  for (let from = 0; from < length; from += blockLength) {
    evaluation.append(fields, from, Math.min(from + blockLength, length));
    for (const { key, node } of missing)
      columns.get(key)?.forEach((whole, k) => {
        whole.set(evaluation.newest(node.columns[k]), from);
      });
  }
  return kernelsIn(part, given);
}

/**
 * The nodes that are worth keeping: kernels that more than one plan has, and of these only what something else reads
 * than another that is kept. The most used go first.
 */
function keptNames(
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
    const keyOf: (string | null)[] = [];
    for (const [i, { columns }] of plan.nodes.entries()) for (const each of columns) keyOf[each] = keys[i];
    const read = (column: ColumnId): void => {
      const use = uses.get(keyOf[column] ?? "");
      if (use !== undefined) use.isRead = true;
    };
    wanted(plan).forEach(read);
    for (const [i, node] of plan.nodes.entries()) if (!isShared(keys[i])) inputsOf(node).forEach(read);
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

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);
