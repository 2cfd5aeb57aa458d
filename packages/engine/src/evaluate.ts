import type { AccountValue, ColumnId, FieldName, Plan, PlanNode } from "@bitfever/lang";
import { calendarColumns, startColumn, type ColumnState } from "./calendar-columns.js";
import { kernels } from "./catalogue.js";
import { ClockBuilder, type ClockBlock, type ClockState } from "./clock.js";
import type { InstrumentSpecification } from "./instrument.js";
import type { Kernel, KernelState } from "./kernel.js";
import type { Timing } from "./trading-calendar.js";
import { Window, type WindowSnapshot } from "./window.js";

/** Bars as the columns a program can name, one value per bar. */
export type Fields = Readonly<Record<FieldName, Float64Array>>;

/** The account as a program sees it at the close of a bar. */
export type AccountValues = Readonly<Record<AccountValue, number>>;

/** What a program is evaluated in, beside its bars. */
export interface Surroundings {
  readonly timing: Timing;
  readonly instrument: Pick<InstrumentSpecification, "tick" | "lot" | "multiplier">;
}

/** Everything an evaluation needs to go on where another stopped. Plain data. */
export interface EvaluationSnapshot {
  readonly windows: readonly WindowSnapshot[];
  readonly builders: readonly ClockState[];
  readonly states: readonly (KernelState | ColumnState)[];
}

/** Computes the columns of one node at the positions `[from, to)` of its clock's window. */
type Step = (from: number, to: number) => void;

/** The bars of a clock that a block brings. */
interface Arrival {
  fields: Fields;
  from: number;
  to: number;
  /** For each bar of the strategy's clock, how many bars of this one have closed. */
  closedCount: Float64Array;
}

/**
 * Runs a plan over bars, a block at a time: the one evaluator. A block as long as the data is the vectorised backtest,
 * one that fits the cache is the same and faster, a block of one bar is live. The bits do not depend on the cut.
 *
 * Each clock has a window of columns of its own: a block of the strategy's bars closes some bars of the slower clocks,
 * or none. A slower value is read where it is wanted by how many bars of its clock had closed by then.
 */
export class Evaluation {
  private readonly windows: readonly Window[];
  private readonly builders: readonly ClockBuilder[];
  private readonly arrivals: readonly Arrival[];
  private readonly columns: readonly Float64Array[];
  private readonly states: (KernelState | ColumnState)[];
  private readonly columnSteps: readonly { readonly clock: number; readonly run: Step }[];
  private readonly barSteps: readonly { readonly clock: number; readonly run: Step }[];
  private readonly account: readonly { readonly column: Float64Array; readonly value: AccountValue }[];

  constructor(
    plan: Plan,
    longestBlock: number,
    private readonly surroundings: Surroundings,
  ) {
    const { timing } = surroundings;
    // The last closed bar of a slower clock is looked back on, however few its own columns look back on.
    this.windows = plan.clocks.map(
      ({ lookback }, i) => new Window(Math.max(lookback, Math.min(i, 1)), longestBlock),
    );
    this.builders = plan.clocks.flatMap(({ interval }) =>
      interval === null ? [] : [new ClockBuilder(interval, timing)],
    );
    this.arrivals = plan.clocks.map(() => ({ fields: noFields, from: 0, to: 0, closedCount: empty }));
    this.columns = columnsOf(plan, this.windows);
    this.states = plan.nodes.map(startOf);
    const steps = plan.nodes.flatMap((node, i) =>
      node.kind === "account" ? [] : [{ ...node, run: this.step(node, i) }],
    );
    this.columnSteps = inLoops(steps.filter((each) => each.phase === "column"));
    // One bar at a time needs no loops: each bar is a turn of them.
    this.barSteps = steps.filter((each) => each.phase === "bar");
    this.account = plan.nodes.flatMap((node) =>
      node.kind === "account" ? [{ column: this.columns[node.columns[0]], value: node.value }] : [],
    );
  }

  /** Bars of the strategy's clock evaluated so far. */
  get bars(): number {
    return this.windows[0].bars;
  }

  /** Bars of a slower clock that have closed so far. */
  barsOn(clock: number): number {
    return this.windows[clock].bars;
  }

  /** How many bars of a slower clock had closed at the close of a bar of the newest block. */
  closedOn(clock: number, bar: number): number {
    const { closedCount } = this.arrivals[clock];
    return closedCount[bar - (this.bars - closedCount.length)];
  }

  /** Whether something is computed from the account, bar by bar. */
  get dependsOnAccount(): boolean {
    return this.account.length > 0;
  }

  /** Computes all that depends on bars alone for `fields[from, to)`, the bars that follow those evaluated so far. */
  append(fields: Fields, from: number, to: number): void {
    Object.assign(this.arrivals[0], { fields, from, to });
    this.windows[0].grow(to - from);
    for (const [i, builder] of this.builders.entries()) {
      const block = builder.advance(fields, from, to);
      this.windows[i + 1].grow(block.closed.time.length);
      Object.assign(this.arrivals[i + 1], arrivalOf(block));
    }
    for (const { clock, run } of this.columnSteps) {
      const { start, end } = this.windows[clock];
      if (end > start) run(start, end);
    }
  }

  /** Computes what depends on the account for one bar, which must be the one after the last it was called for. */
  settle(bar: number, account: AccountValues): void {
    const position = this.windows[0].positionOf(bar);
    for (const { column, value } of this.account) column[position] = account[value];
    for (const { run } of this.barSteps) run(position, position + 1);
  }

  /** The value of a column of the strategy's clock on a bar of the current block, or one the plan looks back on. */
  value(column: ColumnId, bar: number): number {
    return this.columns[column][this.windows[0].positionOf(bar)];
  }

  /** Copies the values of the newest `target.length` bars of the strategy's clock. */
  copyNewest(column: ColumnId, target: Float64Array): void {
    const { end } = this.windows[0];
    target.set(this.columns[column].subarray(end - target.length, end));
  }

  snapshot(): EvaluationSnapshot {
    return {
      windows: this.windows.map((each) => each.snapshot()),
      builders: this.builders.map((each) => each.snapshot()),
      states: structuredClone(this.states),
    };
  }

  /** Takes the place of the evaluation the snapshot was made of. The plan must be the same. */
  restore({ windows, builders, states }: EvaluationSnapshot): void {
    windows.forEach((each, i) => {
      this.windows[i].restore(each);
    });
    builders.forEach((each, i) => {
      this.builders[i].restore(each);
    });
    states.forEach((state, i) => Object.assign(this.states[i], structuredClone(state)));
  }

  /** Plan node → closure. Inputs, outputs and state are bound here, once. */
  private step(node: Exclude<PlanNode, { kind: "account" }>, index: number): Step {
    const outputs = node.columns.map((each) => this.columns[each]);
    const [output] = outputs;
    const arrival = this.arrivals[node.clock];
    switch (node.kind) {
      case "field": {
        if (node.field === "session_bar" && node.clock > 0)
          return this.calendarStep(node, "session_bar", index);
        const { field } = node;
        return (from) => {
          output.set(arrival.fields[field].subarray(arrival.from, arrival.to), from);
        };
      }
      case "calendar":
        return this.calendarStep(node, node.value, index);
      case "instrument": {
        const { tick, lot, multiplier } = this.surroundings.instrument;
        const value = { tick_size: tick ?? NaN, lot_size: lot ?? NaN, multiplier }[node.value];
        return (from, to) => output.fill(value, from, to);
      }
      case "constant": {
        const { value } = node;
        return (from, to) => output.fill(value, from, to);
      }
      case "latest":
        return this.latestStep(this.columns[node.input], this.windows[node.from], node, output);
      case "kernel": {
        const { parameters } = node;
        const kernel = kernelOf(node);
        const inputs = node.inputs.map((each) => this.columns[each]);
        const state = this.states[index] as KernelState;
        return (from, to) => {
          kernel.advance(state, parameters, inputs, outputs, from, to);
        };
      }
    }
  }

  private calendarStep(node: PlanNode, name: keyof typeof calendarColumns, index: number): Step {
    const arrival = this.arrivals[node.clock];
    const timing = node.clock === 0 ? this.surroundings.timing : this.builders[node.clock - 1].timing;
    const [output] = node.columns.map((each) => this.columns[each]);
    const state = this.states[index] as ColumnState;
    const { fill } = calendarColumns[name];
    return (from, to) => {
      fill(timing, state, arrival.fields.time.subarray(arrival.from, arrival.to), output.subarray(from, to));
    };
  }

  /** The value on the bar of a slower clock that was the last to close by the close of each bar. */
  private latestStep(
    source: Float64Array,
    window: Window,
    { clock, from: slower, phase }: Extract<PlanNode, { kind: "latest" }>,
    output: Float64Array,
  ): Step {
    if (phase === "bar") throw new Error("evaluate: a slower clock that depends on the account");
    const slowerArrival = this.arrivals[slower];
    const own = this.arrivals[clock];
    return (from, to) => {
      const { closedCount } = slowerArrival;
      // On a clock that is itself slower a bar closes on the strategy's bar that raises its count.
      let bar = 0;
      const first = this.windows[clock].bars - (to - from);
      for (let i = from; i < to; i++) {
        if (clock === 0) bar = i - from;
        else while (own.closedCount[bar] <= first + i - from) bar++;
        output[i] = source[window.positionOf(closedCount[bar] - 1)];
      }
    };
  }
}

/** The columns of a plan by their ids, each in the window of its clock. */
function columnsOf(plan: Plan, windows: readonly Window[]): Float64Array[] {
  const columns: Float64Array[] = [];
  for (const node of plan.nodes)
    for (const each of node.columns) columns[each] = windows[node.clock].addColumn();
  return columns;
}

function startOf(node: PlanNode): KernelState | ColumnState {
  if (node.kind === "kernel") return kernelOf(node).start(node.parameters);
  return node.kind === "calendar" || node.kind === "field" ? startColumn() : {};
}

/** Steps that need one another's earlier values take turns, bar by bar. */
function inLoops(
  steps: readonly { readonly clock: number; readonly loop: number | null; readonly run: Step }[],
): { readonly clock: number; readonly run: Step }[] {
  const grouped: { clock: number; loop: number | null; turns: Step[] }[] = [];
  for (const { clock, loop, run } of steps) {
    const last = grouped.at(-1);
    if (loop !== null && last?.loop === loop) last.turns.push(run);
    else grouped.push({ clock, loop, turns: [run] });
  }
  return grouped.map(({ clock, loop, turns }) => ({
    clock,
    run: loop === null ? turns[0] : takingTurns(turns),
  }));
}

const takingTurns =
  (turns: readonly Step[]): Step =>
  (from, to) => {
    for (let i = from; i < to; i++) for (const run of turns) run(i, i + 1);
  };

function arrivalOf({ closed, closedCount }: ClockBlock): Arrival {
  return { fields: { ...closed, session_bar: empty }, from: 0, to: closed.time.length, closedCount };
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
