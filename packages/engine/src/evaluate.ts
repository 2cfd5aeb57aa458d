import type { AccountValue, ColumnId, FieldName, Plan, PlanNode } from "@bitfever/lang";
import { kernels } from "./catalogue.js";
import type { Kernel, KernelState } from "./kernel.js";

/** Bars as the columns a program can name, one value per bar. */
export type Fields = Readonly<Record<FieldName, Float64Array>>;

/** The account as a program sees it at the close of a bar. */
export type AccountValues = Readonly<Record<AccountValue, number>>;

/** Everything an evaluation needs to go on where another stopped. Plain data. */
export interface EvaluationSnapshot {
  readonly bars: number;
  readonly states: readonly KernelState[];
  /** For every column its last values, as many as the plan looks back. */
  readonly tails: readonly Float64Array[];
}

/** Computes the columns of one node at the positions `[from, to)`; `fields` and `offset` say where new bars are. */
type Step = (from: number, to: number, fields: Fields, offset: number) => void;

/**
 * Runs a plan over bars, a block at a time: the one evaluator. A block as long as the data is the vectorised backtest,
 * one that fits the cache is the same and faster, a block of one bar is live. The bits do not depend on the cut.
 *
 * Columns are windows on the history: position `p` holds bar `p − base`. In front of the current block each window
 * keeps as many values as the plan looks back; before the first bar these are NaN, so no kernel has a first-bar case.
 */
export class Evaluation {
  /** Bars evaluated so far. */
  bars = 0;
  private readonly columns: readonly Float64Array[];
  private readonly states: KernelState[];
  private readonly columnSteps: readonly Step[];
  private readonly barSteps: readonly Step[];
  private readonly account: readonly { readonly column: Float64Array; readonly value: AccountValue }[];
  private readonly capacity: number;
  private end: number;

  constructor(
    private readonly plan: Plan,
    longestBlock: number,
  ) {
    // Room for several short blocks, so that the windows are moved seldom.
    this.capacity = plan.lookback + Math.max(longestBlock, plan.lookback, 64);
    this.end = plan.lookback;
    this.columns = Array.from({ length: plan.columns }, () => new Float64Array(this.capacity).fill(NaN));
    this.states = plan.nodes.map((node) =>
      node.kind === "kernel" ? kernelOf(node).start(node.parameters) : {},
    );
    const steps = (phase: PlanNode["phase"]): Step[] =>
      plan.nodes.flatMap((node, i) =>
        node.phase === phase && node.kind !== "account" ? [this.step(node, i)] : [],
      );
    this.columnSteps = steps("column");
    this.barSteps = steps("bar");
    this.account = plan.nodes.flatMap((node) =>
      node.kind === "account" ? [{ column: this.columns[node.columns[0]], value: node.value }] : [],
    );
  }

  /** Whether something is computed from the account, bar by bar. */
  get dependsOnAccount(): boolean {
    return this.account.length > 0;
  }

  /** Computes all that depends on bars alone for `fields[from, to)`, the bars that follow those evaluated so far. */
  append(fields: Fields, from: number, to: number): void {
    const count = to - from;
    if (this.end + count > this.capacity) this.makeRoom();
    const start = this.end;
    this.end += count;
    this.bars += count;
    for (const step of this.columnSteps) step(start, this.end, fields, from);
  }

  /** Computes what depends on the account for one bar, which must be the one after the last it was called for. */
  settle(bar: number, account: AccountValues): void {
    const position = this.positionOf(bar);
    for (const { column, value } of this.account) column[position] = account[value];
    for (const step of this.barSteps) step(position, position + 1, noFields, 0);
  }

  /** The value of a column on a bar of the current block, or one the plan looks back on. */
  value(column: ColumnId, bar: number): number {
    return this.columns[column][this.positionOf(bar)];
  }

  /** Copies the values of the newest `target.length` bars. */
  copyNewest(column: ColumnId, target: Float64Array): void {
    target.set(this.columns[column].subarray(this.end - target.length, this.end));
  }

  snapshot(): EvaluationSnapshot {
    const from = this.end - this.plan.lookback;
    return {
      bars: this.bars,
      states: structuredClone(this.states),
      tails: this.columns.map((column) => column.slice(from, this.end)),
    };
  }

  /** Takes the place of the evaluation the snapshot was made of. The plan must be the same. */
  restore(snapshot: EvaluationSnapshot): void {
    this.bars = snapshot.bars;
    this.end = this.plan.lookback;
    snapshot.states.forEach((state, i) => Object.assign(this.states[i], structuredClone(state)));
    snapshot.tails.forEach((tail, i) => this.columns[i].set(tail));
  }

  private positionOf(bar: number): number {
    return this.end - this.bars + bar;
  }

  /** Moves what may still be looked back on to the front of the windows. */
  private makeRoom(): void {
    for (const column of this.columns) column.copyWithin(0, this.end - this.plan.lookback, this.end);
    this.end = this.plan.lookback;
  }

  /** Plan node → closure. Inputs, outputs and state are bound here, once. */
  private step(node: PlanNode, index: number): Step {
    const outputs = node.columns.map((each) => this.columns[each]);
    const [output] = outputs;
    switch (node.kind) {
      case "field": {
        const { field } = node;
        return (from, to, fields, offset) => {
          output.set(fields[field].subarray(offset, offset + to - from), from);
        };
      }
      case "constant": {
        const { value } = node;
        return (from, to) => output.fill(value, from, to);
      }
      case "kernel": {
        const { parameters } = node;
        const kernel = kernelOf(node);
        const inputs = node.inputs.map((each) => this.columns[each]);
        const state = this.states[index];
        return (from, to) => {
          kernel.advance(state, parameters, inputs, outputs, from, to);
        };
      }
      case "account":
        throw new Error("evaluate: the account is set, not computed");
    }
  }
}

function kernelOf(node: Extract<PlanNode, { kind: "kernel" }>): Kernel {
  const kernel = kernels.get(node.kernel);
  if (kernel === undefined) throw new Error(`evaluate: no kernel \`${node.kernel}\``);
  return kernel;
}

const empty = new Float64Array(0);
const noFields: Fields = {
  open: empty,
  high: empty,
  low: empty,
  close: empty,
  volume: empty,
  time: empty,
  session_bar: empty,
};
