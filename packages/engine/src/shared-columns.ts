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

/** Plans that will be run, made anew each time somebody asks: a thousand that are kept are 20 MB. */
export interface PlansToRun {
  readonly count: number;
  /** Null where there is none. */
  readonly at: (place: number) => Plan | null;
}

export interface SharingInput {
  readonly fields: Fields;
  readonly surroundings: Surroundings;
  readonly plans: PlansToRun;
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
  const kept = keptNodes(plans, wanted, Math.floor(mostBytes / bytesEach));
  const columns = new Map([...known].filter(([name]) => kept.has(name)));
  for (const [name, each] of known) if (!kept.has(name)) each.forEach((column) => release?.(column));
  const missing = [...kept].flatMap(([name, first]) => (columns.has(name) ? [] : [first]));
  let ahead = 0;
  for (const first of [...new Set(missing)].sort((a, b) => a - b)) {
    const plan = plans.at(first);
    if (plan !== null) ahead += compute(input, plan, kept, columns);
  }
  return { columns, work: () => workOf(input, columns, ahead) };
}

function workOf({ fields, plans, wanted }: SharingInput, columns: KeptColumns, ahead: number): SharedWork {
  let [alone, together] = [0, ahead];
  for (let place = 0; place < plans.count; place++) {
    const plan = plans.at(place);
    if (plan === null) continue;
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
  kept: ReadonlyMap<string, unknown>,
  columns: Map<string, readonly Float64Array[]>,
): number {
  const missing: { readonly key: string; readonly node: PlanNode }[] = [];
  for (const [i, key] of nodeKeys(plan).entries())
    if (key !== null && kept.has(key) && !columns.has(key)) missing.push({ key, node: plan.nodes[i] });
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

/** A node, in whatever plans it stands. */
interface Use {
  /** The first plan that has it, by its place. */
  readonly first: number;
  readonly columns: number;
  /** How many plans have it. */
  count: number;
  /** How many read it that are not kept whatever comes: nodes of one plan, those without a name, and whoever runs a plan. */
  readers: number;
}

/**
 * The nodes that are worth keeping, by name with the first plan that has each: kernels that more than one plan has, and of these only
 * what something else reads than another that is kept. The most used go first.
 */
function keptNodes(
  plans: PlansToRun,
  wanted: SharingInput["wanted"],
  mostColumns: number,
): ReadonlyMap<string, number> {
  const uses = new Map<string, Use>();
  for (let place = 0; place < plans.count; place++) {
    const plan = plans.at(place);
    if (plan !== null) countUses(plan, place, wanted(plan), uses);
  }
  const worth = [...uses].filter(([, { count, readers }]) => count > 1 && readers > 0);
  worth.sort(([, a], [, b]) => b.count - a.count);
  const kept = new Map<string, number>();
  let left = mostColumns;
  for (const [name, { columns, first }] of worth) {
    if (columns > left) continue;
    kept.set(name, first);
    left -= columns;
  }
  return kept;
}

function countUses(plan: Plan, place: number, wanted: readonly ColumnId[], uses: Map<string, Use>): void {
  const keys = nodeKeys(plan);
  const useOf: (Use | undefined)[] = [];
  const read = (columns: readonly ColumnId[], readers: 1 | -1): void => {
    for (const column of columns) {
      const use = useOf[column];
      if (use !== undefined) use.readers += readers;
    }
  };
  const unnamed: PlanNode[] = [];
  for (const [i, node] of plan.nodes.entries()) {
    const key = keys[i];
    if (key === null) unnamed.push(node);
    if (key === null || node.kind !== "kernel") continue;
    const use = uses.get(key) ?? { first: place, columns: node.columns.length, count: 0, readers: 0 };
    uses.set(key, use);
    for (const column of node.columns) useOf[column] = use;
    use.count++;
    if (use.count === 1) read(node.inputs, 1);
    // Of a second plan too, it may be kept itself.
    if (use.count === 2) read(node.inputs, -1);
  }
  read(wanted, 1);
  for (const node of unnamed) read(inputsOf(node), 1);
}

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);
