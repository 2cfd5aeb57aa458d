import type { AccountValue, ColumnId, FieldName, Plan, PlanNode, Reducer } from "@bitfever/lang";
import { calendarColumns, startColumn, type ColumnState } from "./calendar-columns.js";
import { kernels } from "./catalogue.js";
import type { Indicator } from "./indicator.js";
import { emptyBars, type BarColumns } from "./bars.js";
import { ClockBuilder, type ClockState } from "./clock.js";
import { FormingReader, planOfClock } from "./forming.js";
import type { InstrumentSpecification } from "./instrument.js";
import type { Kernel, KernelState } from "./kernel.js";
import { freshRoom, type Room } from "./room.js";
import { findBars, noSignals, tellCondition, type Signals } from "./signals.js";
import { stagesOf } from "./stages.js";
import type { Timing } from "./trading-calendar.js";
import { FusedPart } from "./wasm/fused-part.js";
import { fusionOf, type Signal } from "./wasm/fusion.js";
import { canCompile } from "./wasm/web-assembly.js";
import { capacityOf, Window, type WindowSnapshot } from "./window.js";

/** Bars as the columns a program can name, one value per bar. */
export type Fields = Readonly<Record<FieldName, Float64Array>>;

/** The account as a program sees it at the close of a bar. */
export type AccountValues = Readonly<Record<AccountValue, number>>;

/** What a program is evaluated in, beside its bars. */
export interface Surroundings {
  readonly timing: Timing;
  readonly instrument: Pick<InstrumentSpecification, "tick" | "lot" | "multiplier" | "changes">;
  /** The other markets of the plan, by their place there. */
  readonly markets?: readonly MarketSurroundings[];
  /** Indicators that are not of the catalogue. */
  readonly indicators?: readonly Indicator[] | undefined;
  /** Columns that are there already, over all bars that will come; their nodes are not computed. */
  readonly given?: ReadonlyMap<ColumnId, Float64Array> | undefined;
  /** Where its columns come from; left out, they are new. */
  readonly room?: Room | undefined;
  /** Columns of conditions: which of them hold is told by `signals`. */
  readonly conditions?: readonly ColumnId[];
  /**
   * All columns that will be read besides: what only lies between them and the bars is computed in one loop, of which
   * there are no snapshots. Left out, all may be read.
   */
  readonly reads?: readonly ColumnId[] | undefined;
  /** The bars were built from others and come without their place in the session. */
  readonly isBuilt?: boolean;
}

export interface MarketSurroundings {
  readonly timing: Timing;
  /** The most bars of it that come with a block. */
  readonly longestBlock: number;
}

/** The bars of another market that come with a block. */
export interface MarketBlock {
  readonly bars: BarColumns;
  readonly from: number;
  readonly to: number;
  /** For each bar of the strategy's block, how many bars of the market had closed by its close since the start. */
  readonly closedCount: Float64Array;
}

/** Everything an evaluation needs to go on where another stopped. Plain data. */
export interface EvaluationSnapshot {
  readonly windows: readonly WindowSnapshot[];
  readonly builders: readonly (ClockState | null)[];
  readonly states: readonly (KernelState | ColumnState)[];
  /** Of clocks whose open bars are read. */
  readonly forming: readonly EvaluationSnapshot[];
}

/** A node that compares members: what it reads and fills is exchanged by whoever runs them all. */
export interface Comparison {
  readonly reducer: Reducer;
  /** Of the block; valid until the next one begins. */
  readonly given: Float64Array;
  readonly compared: Float64Array;
}

/** Computes the columns of one node at the positions `[from, to)` of its clock's window. */
type Step = (from: number, to: number) => void;

/** The bars of a clock that a block brings. */
interface Arrival {
  fields: Fields;
  from: number;
  to: number;
  /** For each bar of the clock it is built from, how many bars of this one have closed since the start. */
  closedCount: Float64Array;
  /** The same for each bar of the strategy's clock. */
  seenCount: Float64Array;
  /** For each bar of the clock it is built from, its own bar as far as it had come. */
  forming: BarColumns;
}

/**
 * Runs a plan over bars, a block at a time: the one evaluator. A block as long as the data is the vectorised backtest,
 * one that fits the cache is the same and faster, a block of one bar is live. The bits do not depend on the cut.
 *
 * Each clock has a window of columns of its own: a block of the strategy's bars closes some bars of the slower clocks,
 * or none. A slower value is read where it is wanted by how many bars of its clock had closed by then.
 */
export class Evaluation {
  /** How often members have to be compared before all is computed. */
  readonly comparisonStages: number;
  private readonly windows: readonly Window[];
  /** By the clock; null where the bars come as they are. */
  private readonly builders: readonly (ClockBuilder | null)[];
  private readonly timings: readonly Timing[];
  /** The clock whose bars each is built from; its own where they come as they are. */
  private readonly bases: readonly number[];
  private readonly arrivals: readonly Arrival[];
  private readonly columns: readonly Float64Array[];
  private readonly states: (KernelState | ColumnState)[];
  /** In stages: between two of them members are compared. */
  private readonly columnSteps: readonly (readonly { readonly clock: number; readonly run: Step }[])[];
  private readonly comparing: readonly Extract<PlanNode, { kind: "across" }>[];
  private readonly stages: readonly number[];
  private readonly formingReaders: FormingReader<EvaluationSnapshot>[] = [];
  private readonly barSteps: readonly { readonly clock: number; readonly run: Step }[];
  /** Slower clocks that must have closed some bars before the first order. */
  private readonly slowClocks: readonly { readonly clock: number; readonly warmup: number }[];
  /** Of the newest block. */
  readonly signals: Signals;
  /** Those of them that are told once all is computed. */
  private readonly signalling: readonly Signal[];
  private readonly account: readonly { readonly column: Float64Array; readonly value: AccountValue }[];
  /** Kernels that are run over the bars: those of the plan but for what is given. */
  kernels = 0;

  constructor(
    private readonly plan: Plan,
    longestBlock: number,
    private readonly surroundings: Surroundings,
  ) {
    const { markets = [] } = surroundings;
    const marketOf = (clock: number): MarketSurroundings | null => {
      const { market } = plan.clocks[clock];
      if (market === null) return null;
      if (markets[market] === undefined)
        throw new Error(`evaluate: nothing is known of ${plan.markets[market].symbol}`);
      return markets[market];
    };
    // The last closed bar of another clock is looked back on, however few its own columns look back on.
    this.slowClocks = plan.clocks.flatMap(({ warmup }, clock) =>
      clock > 0 && warmup > 0 ? [{ clock, warmup }] : [],
    );
    const { room = freshRoom, conditions = [], reads, given } = surroundings;
    const fusion = reads === undefined || !canCompile() ? null : fusionOf(plan, given);
    const capacity = capacityOf(plan.clocks[0].lookback, longestBlock);
    const fused =
      fusion && new FusedPart({ plan, fusion, room, capacity, longestBlock, given, reads: reads ?? [] });
    this.windows = plan.clocks.map(
      ({ lookback }, i) =>
        new Window(
          Math.max(lookback, Math.min(i, 1)),
          marketOf(i)?.longestBlock ?? longestBlock,
          i === 0 ? (fused ?? room) : room,
        ),
    );
    this.bases = plan.clocks.map(({ market }) =>
      plan.clocks.findIndex((each) => each.market === market && each.interval === null),
    );
    const timingAt = (clock: number): Timing => marketOf(clock)?.timing ?? surroundings.timing;
    this.builders = plan.clocks.map(({ interval }, i) =>
      interval === null ? null : new ClockBuilder(interval, timingAt(i)),
    );
    this.timings = this.builders.map((builder, i) => builder?.timing ?? timingAt(i));
    this.arrivals = plan.clocks.map(() => ({
      fields: noFields,
      from: 0,
      to: 0,
      closedCount: empty,
      seenCount: empty,
      forming: emptyBars,
    }));
    this.columns = columnsOf(plan, this.windows, (column) => fused?.keeps(column) ?? true);
    this.states = plan.nodes.map((each) => startOf(each, surroundings));
    this.stages = stagesOf(plan);
    this.comparing = plan.nodes.filter((node) => node.kind === "across");
    this.comparisonStages = Math.max(0, ...this.stages);
    const steps = plan.nodes.flatMap((node, i) =>
      node.kind === "account" || node.kind === "across" || fused?.handles(node)
        ? []
        : [{ node, clock: node.clock, loop: node.loop, stage: this.stages[i], run: this.step(node, i) }],
    );
    const columnSteps = Array.from({ length: this.comparisonStages + 1 }, (_, stage) =>
      steps.filter((each) => each.node.phase === "column" && each.stage === stage),
    );
    const signals = conditions.map((column, bit) => ({ column, bit }));
    if (fused === null) {
      this.columnSteps = columnSteps.map(inLoops);
      this.signals = noSignals(conditions.length === 0 ? 0 : longestBlock);
      this.signalling = signals;
    } else {
      const [early, late] = [false, true].map((isLate) =>
        signals.filter(({ column }) => fused.isLate(column) === isLate),
      );
      const run = fused.step(this.columns, early, () => this.bars);
      // Members are not compared where anything is fused, so there is one stage.
      const [before, after] = [false, true].map((isLate) =>
        inLoops(columnSteps[0].filter(({ node }) => fused.isLate(node.columns[0]) === isLate)),
      );
      this.columnSteps = [[...before, { clock: 0, run }, ...after]];
      this.signals = fused.signals;
      this.signalling = late;
      this.kernels += fused.kernels;
    }
    // One bar at a time needs no loops: each bar is a turn of them.
    this.barSteps = steps.filter(({ node }) => node.phase === "bar");
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

  /** How many bars of another clock had closed at the close of a bar of the newest block. */
  closedOn(clock: number, bar: number): number {
    const { seenCount } = this.arrivals[clock];
    return seenCount[bar - (this.bars - seenCount.length)];
  }

  /** Whether something is computed from the account, bar by bar. */
  get dependsOnAccount(): boolean {
    return this.account.length > 0;
  }

  /**
   * Computes all that depends on bars alone for `fields[from, to)`, the bars that follow those evaluated so far, with
   * what other markets have closed by then. A market that is left out has closed nothing more.
   */
  append(fields: Fields, from: number, to: number, markets: readonly (MarketBlock | undefined)[] = []): void {
    this.begin(fields, from, to, markets);
    for (let stage = 0; stage <= this.comparisonStages; stage++) this.run(stage);
    const { signals, signalling } = this;
    if (signalling.length === 0) return;
    const isOnlyHere = signalling.length === this.surroundings.conditions?.length;
    signalling.forEach(({ column, bit }, place) => {
      tellCondition(signals, bit, this.newest(column), isOnlyHere && place === 0);
    });
    findBars(signals, to - from);
  }

  /** The first half of `append`, for who has members to compare: after it each stage is run, and compared after each. */
  begin(fields: Fields, from: number, to: number, markets: readonly (MarketBlock | undefined)[] = []): void {
    const { clocks } = this.plan;
    for (const [i, arrival] of this.arrivals.entries()) {
      const { market } = clocks[i];
      const builder = this.builders[i];
      const base = this.arrivals[this.bases[i]];
      if (builder !== null) {
        const before = this.windows[i].bars;
        const block = builder.advance(base.fields, base.from, base.to);
        const { closed, closedCount, forming } = block;
        const seenCount =
          market === null
            ? closedCount
            : countsAt(base, this.windows[this.bases[i]].bars, closedCount, before);
        this.windows[i].grow(closed.time.length);
        const bars = { ...closed, session_bar: empty };
        Object.assign(arrival, {
          fields: bars,
          from: 0,
          to: closed.time.length,
          closedCount,
          seenCount,
          forming,
        });
      } else if (market === null) {
        this.windows[i].grow(to - from);
        Object.assign(arrival, { fields, from, to });
      } else {
        const block = markets[market] ?? noBlock;
        this.windows[i].grow(block.to - block.from);
        const seenCount =
          block === noBlock ? new Float64Array(to - from).fill(this.windows[i].bars) : block.closedCount;
        const bars = { ...block.bars, session_bar: empty };
        Object.assign(arrival, { fields: bars, from: block.from, to: block.to, seenCount });
      }
    }
  }

  /** Computes what a stage adds to the block that was begun. */
  run(stage: number): void {
    for (const { clock, run } of this.columnSteps[stage]) {
      const { start, end } = this.windows[clock];
      if (end > start) run(start, end);
    }
  }

  /** What has to be compared before a stage can run. */
  comparisonsBefore(stage: number): readonly Comparison[] {
    const { start, end } = this.windows[0];
    return this.comparing
      .filter((node) => this.stages[this.plan.nodes.indexOf(node)] === stage)
      .map(({ reducer, input, columns }) => ({
        reducer,
        given: this.columns[input].subarray(start, end),
        compared: this.columns[columns[0]].subarray(start, end),
      }));
  }

  /** The values that columns would have if one more bar came now; nothing is kept of it. */
  peek(bars: BarColumns, at: number, columns: readonly ColumnId[]): readonly number[] {
    const states = this.states.map(copyOf);
    const builders = this.builders.map((each) => each?.snapshot() ?? null);
    this.append({ ...bars, session_bar: empty }, at, at + 1);
    const values = columns.map((each) => this.columns[each][this.windows[0].end - 1]);
    this.windows[0].takeBack(1);
    this.putBack(builders, states);
    return values;
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

  /** The values of a column of the strategy's clock over the newest block, which the next block writes over. */
  newest(column: ColumnId): Float64Array {
    const { start, end } = this.windows[0];
    return this.columns[column].subarray(start, end);
  }

  /** Whether all that decides had enough bars by the close of a bar of the newest block. */
  isWarm(bar: number): boolean {
    if (bar < this.plan.warmup) return false;
    for (const { clock, warmup } of this.slowClocks) if (this.closedOn(clock, bar) < warmup) return false;
    return true;
  }

  /** Copies the values of the newest `target.length` bars of the strategy's clock. */
  copyNewest(column: ColumnId, target: Float64Array): void {
    const { end } = this.windows[0];
    target.set(this.columns[column].subarray(end - target.length, end));
  }

  snapshot(): EvaluationSnapshot {
    return {
      windows: this.windows.map((each) => each.snapshot()),
      builders: this.builders.map((each) => each?.snapshot() ?? null),
      states: structuredClone(this.states),
      forming: this.formingReaders.map((each) => each.snapshot()),
    };
  }

  /** Takes the place of the evaluation the snapshot was made of. The plan must be the same. */
  restore({ windows, builders, states, forming }: EvaluationSnapshot): void {
    windows.forEach((each, i) => {
      this.windows[i].restore(each);
    });
    this.putBack(builders, structuredClone(states));
    forming.forEach((each, i) => {
      this.formingReaders[i].restore(each);
    });
  }

  private putBack(builders: EvaluationSnapshot["builders"], states: EvaluationSnapshot["states"]): void {
    for (const [i, each] of builders.entries()) if (each !== null) this.builders[i]?.restore(each);
    for (const [i, each] of states.entries()) Object.assign(this.states[i], each);
  }

  /** Plan node → closure. Inputs, outputs and state are bound here, once. */
  private step(node: Exclude<PlanNode, { kind: "account" | "across" }>, index: number): Step {
    const outputs = node.columns.map((each) => this.columns[each]);
    const [output] = outputs;
    const arrival = this.arrivals[node.clock];
    const given = node.columns.map((each) => this.surroundings.given?.get(each));
    if (given.every((each) => each !== undefined)) return this.givenStep(given, outputs);
    switch (node.kind) {
      case "field": {
        // Bars that were built here come without.
        if (node.field === "session_bar" && this.buildsSessions(node.clock))
          return this.calendarStep(node, "session_bar", index);
        const { field } = node;
        return (from) => {
          output.set(arrival.fields[field].subarray(arrival.from, arrival.to), from);
        };
      }
      case "calendar":
        return this.calendarStep(node, node.value, index);
      case "instrument": {
        const { tick, lot, multiplier, changes = [] } = this.surroundings.instrument;
        const value = { tick_size: tick ?? NaN, lot_size: lot ?? NaN, multiplier }[node.value];
        if (changes.length === 0 || node.value === "multiplier")
          return (from, to) => output.fill(value, from, to);
        const name = node.value === "tick_size" ? "tick" : "lot";
        return (from, to) => {
          for (let i = from; i < to; i++) {
            const time = arrival.fields.time[arrival.from + i - from];
            output[i] =
              changes.findLast((each) => each.from <= time && each[name] !== undefined)?.[name] ?? value;
          }
        };
      }
      case "constant": {
        const { value } = node;
        return (from, to) => output.fill(value, from, to);
      }
      case "latest":
        return this.latestStep(this.columns[node.input], this.windows[node.from], node, output);
      case "forming":
        return this.formingStep(node, output);
      case "kernel": {
        const { parameters } = node;
        const kernel = kernelOf(node, this.surroundings);
        const inputs = node.inputs.map((each) => this.columns[each]);
        const state = this.states[index] as KernelState;
        this.kernels++;
        return (from, to) => {
          kernel.advance(state, parameters, inputs, outputs, from, to);
        };
      }
    }
  }

  private buildsSessions(clock: number): boolean {
    return clock > 0 || this.surroundings.isBuilt === true;
  }

  private calendarStep(node: PlanNode, name: keyof typeof calendarColumns, index: number): Step {
    const arrival = this.arrivals[node.clock];
    const timing = this.timings[node.clock];
    const [output] = node.columns.map((each) => this.columns[each]);
    const state = this.states[index] as ColumnState;
    const { fill } = calendarColumns[name];
    return (from, to) => {
      fill(timing, state, arrival.fields.time.subarray(arrival.from, arrival.to), output.subarray(from, to));
    };
  }

  /** The value on the bar of another clock that was the last to close by the close of each bar. */
  private latestStep(
    source: Float64Array,
    window: Window,
    { clock, from: read, phase }: Extract<PlanNode, { kind: "latest" }>,
    output: Float64Array,
  ): Step {
    if (phase === "bar") throw new Error("evaluate: another clock that depends on the account");
    const other = this.arrivals[read];
    const own = this.arrivals[clock];
    // Within a market bars are counted by those of the market, else by those of the strategy.
    const isInMarket = this.plan.clocks[clock].market !== null;
    const isBase = this.bases[clock] === clock;
    return (from, to) => {
      const counts = isInMarket ? other.closedCount : other.seenCount;
      // On a clock that is itself slower a bar closes on the base bar that raises its count.
      let bar = 0;
      const first = this.windows[clock].bars - (to - from);
      for (let i = from; i < to; i++) {
        if (isBase) bar = i - from;
        else while (own.closedCount[bar] <= first + i - from) bar++;
        output[i] = source[window.positionOf(counts[bar] - 1)];
      }
    };
  }

  /** The newest values of columns that somebody else has computed. */
  private givenStep(columns: readonly Float64Array[], outputs: readonly Float64Array[]): Step {
    const [window] = this.windows;
    return (from, to) => {
      const last = window.bars;
      outputs.forEach((output, k) => {
        output.set(columns[k].subarray(last - (to - from), last), from);
      });
    };
  }

  /** The value on the bar of a slower clock that is open at the close of each bar. */
  private formingStep(
    { input, from: slower }: Extract<PlanNode, { kind: "forming" }>,
    output: Float64Array,
  ): Step {
    const alone = new Evaluation(planOfClock(this.plan, slower, input), 1, {
      ...this.surroundings,
      timing: this.timings[slower],
      // All that is asked of the strategy's own columns.
      ...{ given: undefined, conditions: [], reads: undefined },
      isBuilt: true,
    });
    const reader = new FormingReader(alone, input);
    this.formingReaders.push(reader);
    const arrival = this.arrivals[slower];
    return (from, to) => {
      reader.read(arrival, this.windows[slower].bars, output.subarray(from, to));
    };
  }
}

/** The columns of a plan by their ids, each in the window of its clock; none for what nobody reads there. */
function columnsOf(
  plan: Plan,
  windows: readonly Window[],
  isKept: (column: ColumnId) => boolean,
): Float64Array[] {
  const columns: Float64Array[] = [];
  for (const node of plan.nodes)
    for (const each of node.columns) columns[each] = isKept(each) ? windows[node.clock].addColumn() : empty;
  return columns;
}

function startOf(node: PlanNode, surroundings: Surroundings): KernelState | ColumnState {
  if (node.kind === "kernel") return kernelOf(node, surroundings).start(node.parameters);
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

/** For each bar of the strategy, how many bars of a market's slower clock had closed: by those of the market. */
function countsAt(
  { from, to, seenCount }: Arrival,
  bars: number,
  closedCount: Float64Array,
  before: number,
): Float64Array {
  const first = bars - (to - from);
  return seenCount.map((count) => (count > first ? closedCount[count - first - 1] : before));
}

/** States are flat but for some columns. */
const copyOf = (state: KernelState | ColumnState): KernelState | ColumnState =>
  Object.values(state).some((each) => typeof each === "object") ? structuredClone(state) : { ...state };

function kernelOf(node: Extract<PlanNode, { kind: "kernel" }>, { indicators = [] }: Surroundings): Kernel {
  const kernel = kernels.get(node.kernel) ?? indicators.find(({ name }) => name === node.kernel);
  if (kernel === undefined) throw new Error(`evaluate: no kernel \`${node.kernel}\``);
  return kernel;
}

const empty = new Float64Array(0);
const noFields: Fields = { ...emptyBars, session_bar: empty };
const noBlock: MarketBlock = { bars: emptyBars, from: 0, to: 0, closedCount: empty };
