import { diagnostic, type Diagnostic } from "./diagnostic.js";
import type { ColumnId } from "./column.js";
import { partsOfClock, type ClockName } from "./clock-name.js";
import type { PlanNode, PlannedClock, PlannedMarket } from "./plan.js";
import type { Let, Market, TypedExpression } from "./program.js";
import type { Span } from "./source.js";
import { longestLoop, shown, staticValue, type Known } from "./static.js";
import { inOrder, inputsOf } from "./node-order.js";
import { literal } from "./type.js";

/** A window of a million bars is two years of minutes; whoever writes more has mistyped, and memory is not endless. */
const longestHistory = 1_000_000;

const history = "`k` in `x[k]`";

const usesNeighbour: ReadonlySet<string> = new Set(["crosses_above", "crosses_below"]);

/** What a node is before it is known in which order, and in which loop, it is computed. */
type Draft = PlanNode & {
  /** Needs a later value of itself: its own warm-up cannot be read off its inputs. */
  readonly isRecursive: boolean;
  /** Bars of each slower clock that must have closed before there is a value. */
  readonly needs: ReadonlyMap<number, number>;
};

type Facts = Pick<Draft, "clock" | "warmup" | "phase" | "isRecursive" | "needs">;

const noNeeds: ReadonlyMap<number, number> = new Map();

/** Loops in loops multiply; what they come to must fit in memory. */
const mostVisits = 1_000_000;

/** Thrown where a program would unroll to more than that; `planning.ts` makes it a diagnostic. */
export class BeyondMeasure extends Error {
  constructor(readonly span: Span) {
    super("plan: too many values");
  }
}

/** Grows node by node; a node that is already there is found by what it computes. */
export class Graph {
  private readonly nodes: Draft[] = [];
  private columns = 0;
  private readonly known = new Map<string, Draft>();
  private readonly makers: Draft[] = [];
  private readonly letColumns = new Map<string, ColumnId>();
  private readonly letClocks: ReadonlyMap<string, ClockName>;
  /** Columns of `let`s that were needed before they were worked out, to be filled in. */
  private readonly reserved = new Map<string, Draft>();
  private readonly clocks: ClockName[] = [null];
  /** The clock on which an expression is being worked out. */
  private clock = 0;
  private readonly accumulators = new Map<string, ColumnId>();
  /** Where the program compares what is in a column. */
  private readonly places = new Map<ColumnId, { readonly name: string; readonly span: Span }>();
  /** What is known before the run, in a loop also the place in it. */
  private now: Known;
  private visits = 0;
  /** The loop that is being unrolled. */
  private place: Span = { start: 0, end: 0 };

  constructor(
    lets: readonly Let[],
    private readonly before: Known,
    private readonly report: (diagnostic: Diagnostic) => void,
    private readonly markets: readonly Market[] = [],
  ) {
    this.letClocks = new Map(lets.map((each) => [each.name, each.clock ?? null]));
    this.now = before;
  }

  /** Computes a `let` once, before those that need it; one that is known before the run needs no column. */
  define({ name, value }: Let): void {
    if (this.before.lets.get(name) !== null) return;
    const column = this.on(this.clockNamed(this.letClocks.get(name) ?? null), () => this.column(value));
    const reserved = this.reserved.get(name);
    if (reserved === undefined) {
      this.letColumns.set(name, column);
      return;
    }
    const maker = this.makers[column];
    Object.assign(reserved, {
      inputs: [column],
      warmup: maker.warmup,
      phase: maker.phase,
      needs: maker.needs,
      isRecursive: false,
    });
    this.letColumns.set(name, reserved.columns[0]);
  }

  /** The column that holds the value of an expression. */
  column(of: TypedExpression): ColumnId {
    if (++this.visits > mostVisits) throw new BeyondMeasure(this.place);
    const known = staticValue(of, this.now);
    if (known !== null) return this.constant(known);
    switch (of.kind) {
      case "constant":
        return this.constant(of.value);
      case "parameter":
        throw new Error(`plan: no value for parameter \`${of.name}\``);
      case "accumulator": {
        const column = this.accumulators.get(of.name);
        if (column === undefined) throw new Error(`plan: no accumulator \`${of.name}\``);
        return column;
      }
      case "let":
        return this.letColumns.get(of.name) ?? this.reserve(of.name);
      case "field":
        return this.leaf(`field ${of.name}`, (computed) => ({ kind: "field", field: of.name, ...computed }));
      case "calendar":
        return this.leaf(`calendar ${of.name}`, (computed) => ({
          kind: "calendar",
          value: of.name,
          ...computed,
        }));
      case "instrument":
        return this.leaf(`instrument ${of.name}`, (computed) => ({
          kind: "instrument",
          value: of.name,
          ...computed,
        }));
      case "account":
        return this.leaf(`account ${of.name}`, (computed) => ({
          kind: "account",
          value: of.name,
          ...computed,
          phase: "bar",
        }));
      case "apply":
        return this.apply(of);
      case "delay":
        return this.delay(of);
      case "call":
        return this.call(of);
      case "previous":
        return this.previous(of);
      case "latest":
        return this.read("latest", of.of, of.clock);
      case "forming":
        return this.forming(of);
      case "across":
        return this.across(of);
      case "fold":
        return this.fold(of);
    }
  }

  /** The column of a `let` as the strategy's own clock sees it. */
  onStrategyClock(of: Extract<TypedExpression, { kind: "let" }>): ColumnId {
    const clock = this.letClocks.get(of.name) ?? null;
    return clock === null || this.before.lets.get(of.name) !== null
      ? this.column(of)
      : this.read("latest", of, clock);
  }

  /** The nodes in an order in which they can be computed, and what each clock needs before the first order. */
  finish(decisive: readonly ColumnId[]): {
    readonly nodes: readonly PlanNode[];
    readonly columns: number;
    readonly clocks: readonly PlannedClock[];
    readonly markets: readonly PlannedMarket[];
  } {
    const warmups = this.clocks.map(() => 0);
    for (const each of decisive) {
      const { clock, warmup, needs } = this.makers[each];
      warmups[clock] = Math.max(warmups[clock], warmup);
      for (const [other, bars] of needs) warmups[other] = Math.max(warmups[other], bars);
    }
    const lookbacks = this.clocks.map((_, clock) =>
      this.nodes.reduce(
        (most, each) =>
          each.kind === "kernel" && each.clock === clock ? Math.max(most, each.lookback) : most,
        0,
      ),
    );
    const parts = this.clocks.map(partsOfClock);
    const markets = this.markets.filter(({ name }) => parts.some((each) => each.market === name));
    const placeOf = (name: string): number => markets.findIndex((each) => each.name === name);
    const nodes = inOrder(settled(this.nodes).map(({ isRecursive: _, needs: __, ...node }) => node));
    for (const node of nodes) if (node.kind === "across") this.judgeAcross(node);
    return {
      nodes,
      columns: this.columns,
      clocks: parts.map(({ interval, market }, i) => ({
        interval,
        market: market === null ? null : placeOf(market),
        warmup: warmups[i],
        lookback: lookbacks[i],
      })),
      markets,
    };
  }

  /** Members are compared for many bars at once, which what goes on from its own past or from the account cannot be. */
  private judgeAcross({ input, phase, loop }: Extract<PlanNode, { kind: "across" }>): void {
    const problem =
      phase === "bar"
        ? "this depends on the account, which is known bar by bar"
        : loop !== null
          ? "this goes on from what they compared to before"
          : null;
    const place = this.places.get(input);
    if (problem !== null && place !== undefined)
      this.report(diagnostic("BF2107", place.span, { name: place.name, problem }));
  }

  private clockNamed(name: ClockName): number {
    const at = this.clocks.indexOf(name);
    if (at >= 0) return at;
    const { market, interval } = partsOfClock(name);
    // What a clock is built from comes before it.
    if (interval !== null) this.clockNamed(market);
    return this.clocks.push(name) - 1;
  }

  private on<Result>(clock: number, work: () => Result): Result {
    const outer = this.clock;
    this.clock = clock;
    const result = work();
    this.clock = outer;
    return result;
  }

  /** A column that is needed, as it was, before it can be worked out. */
  private reserve(name: string): ColumnId {
    const clock = this.clockNamed(this.letClocks.get(name) ?? null);
    const node = this.make(1, (columns) => ({
      kind: "kernel",
      kernel: "delay",
      parameters: [0],
      inputs: [],
      lookback: 0,
      columns,
      clock,
      warmup: 0,
      phase: "column",
      loop: null,
      isRecursive: true,
      needs: noNeeds,
    }));
    this.reserved.set(name, node);
    this.letColumns.set(name, node.columns[0]);
    return node.columns[0];
  }

  /** Whether a `let` was needed, and has not been worked out. */
  private isUnfinished(name: string): boolean {
    const node = this.reserved.get(name);
    return node?.kind === "kernel" && node.inputs.length === 0;
  }

  private constant(value: number): ColumnId {
    return this.leaf(`constant ${Object.is(value, -0) ? "-0" : value}`, (computed) => ({
      kind: "constant",
      value,
      ...computed,
    }));
  }

  private apply(of: Extract<TypedExpression, { kind: "apply" }>): ColumnId {
    if (of.kernel === "none") return this.constant(NaN);
    if (of.kernel === "choose") {
      // What is chosen before the run is all there is: the other side costs nothing.
      const condition = staticValue(of.operands[0], this.now);
      if (condition !== null)
        return Number.isNaN(condition)
          ? this.constant(NaN)
          : this.column(of.operands[condition === 1 ? 1 : 2]);
    }
    const back = usesNeighbour.has(of.kernel) ? 1 : 0;
    const inputs = of.operands.map((each) => this.column(each));
    const node = this.kernel(of.kernel, [], inputs, { warmup: back, lookback: back });
    return node.columns[0];
  }

  private delay(of: Extract<TypedExpression, { kind: "delay" }>): ColumnId {
    const input = this.column(of.of);
    const by = this.wholeNumber(of.by, history, 0, of.span);
    if (by > 0) return this.kernel("delay", [by], [input], { warmup: by, lookback: by }).columns[0];
    if (of.of.kind === "let" && this.isUnfinished(of.of.name))
      this.report(diagnostic("BF2003", of.span, { names: `${of.of.name} → ${of.of.name}` }));
    return input;
  }

  private call(of: Extract<TypedExpression, { kind: "call" }>): ColumnId {
    const builtin = this.before.catalogue.get(of.name);
    if (builtin === undefined) throw new Error(`plan: no function \`${of.name}\``);
    const inputs = of.inputs.map((each) => this.column(each));
    const parameters = builtin.parameters.map((parameter, i) => {
      const { name, type, minimum } = parameter;
      const { value, span, what = `\`${name}\` of \`${of.name}\`` } = of.parameters[i];
      if (type === "choice") return this.choice(value, what, parameter.choices, span);
      return type === "bars"
        ? this.wholeNumber(value, what, minimum, span)
        : this.number(value, what, minimum, span);
    });
    const facts = { warmup: builtin.warmup(parameters), lookback: builtin.lookback(parameters) };
    return this.kernel(of.name, parameters, inputs, facts, builtin.outputs.length).columns[of.output];
  }

  /** The value of a `let` a bar ago; on its first bar what it starts from. */
  private previous(of: Extract<TypedExpression, { kind: "previous" }>): ColumnId {
    const initial = this.column(of.initial);
    const past = this.letColumns.get(of.name) ?? this.reserve(of.name);
    return this.kernel("previous", [], [past, initial], { warmup: 0, lookback: 1 }).columns[0];
  }

  /** A value of another clock: on its last closed bar, or on the one that is still open. */
  private read(kind: "latest" | "forming", of: TypedExpression, name: string): ColumnId {
    const from = this.clockNamed(name);
    const known = staticValue(of, this.now);
    if (known !== null) return this.constant(known);
    const input = this.on(from, () => this.column(of));
    const { warmup, phase, needs, isRecursive } = this.makers[input];
    const { clock } = this;
    // The bar that is still open counts as one.
    const closed = kind === "latest" ? warmup + 1 : warmup;
    const inner = new Map(needs).set(from, Math.max(needs.get(from) ?? 0, closed));
    return this.node(`${kind} ${input}`, 1, (columns) => ({
      kind,
      input,
      from,
      columns,
      clock,
      warmup: 0,
      phase,
      loop: null,
      isRecursive,
      needs: inner,
    })).columns[0];
  }

  private forming({ of, clock, span }: Extract<TypedExpression, { kind: "forming" }>): ColumnId {
    const from = this.clockNamed(clock);
    if (
      staticValue(of, this.now) === null &&
      this.makers[this.on(from, () => this.column(of))].needs.size > 0
    ) {
      const problem = "what is unfinished reads no other clock";
      this.report(diagnostic("BF2005", span, { name: "forming", problem, usage: "forming(trend)" }));
    }
    return this.read("forming", of, clock);
  }

  private across({ reducer, name, of, most, span }: Extract<TypedExpression, { kind: "across" }>): ColumnId {
    if (most !== null) {
      const limit = this.wholeNumber(most.value, most.what ?? "how many", 1, most.span);
      const rank = this.across({ kind: "across", reducer, name, of, most: null, span, type: literal });
      const facts = { warmup: 0, lookback: 0 };
      return this.kernel("less_or_equal", [], [rank, this.constant(limit)], facts).columns[0];
    }
    const input = this.column(of);
    this.places.set(input, { name, span });
    return this.node(`${reducer} across ${input}`, 1, (columns) => ({
      kind: "across",
      reducer,
      input,
      columns,
      loop: null,
      ...this.factsOf(reducer, [input], 0),
    })).columns[0];
  }

  private fold(of: Extract<TypedExpression, { kind: "fold" }>): ColumnId {
    const from = this.wholeNumber(of.from, "where a loop starts", -longestHistory, of.span);
    const to = this.wholeNumber(of.to, "where a loop ends", -longestHistory, of.span);
    if (to - from >= longestLoop) {
      const rule = `at most ${longestLoop.toLocaleString("en")} steps`;
      this.report(
        diagnostic("BF2009", of.span, { what: "this loop", value: `${to - from + 1} steps`, rule }),
      );
      return this.constant(NaN);
    }
    const outer = { now: this.now, total: this.accumulators.get(of.accumulator), place: this.place };
    this.place = of.span;
    let total = this.column(of.initial);
    for (let k = from; k <= to; k++) {
      const maker = this.makers[total];
      // A total that is known so far, such as the first, needs no column either.
      const known = maker.kind === "constant" ? { [of.accumulator]: maker.value } : {};
      this.now = { ...outer.now, values: { ...outer.now.values, [of.index]: k, ...known } };
      this.accumulators.set(of.accumulator, total);
      total = this.column(of.body);
    }
    this.now = outer.now;
    this.place = outer.place;
    if (outer.total === undefined) this.accumulators.delete(of.accumulator);
    else this.accumulators.set(of.accumulator, outer.total);
    return total;
  }

  /** A static whole number; reports and repairs what is not, so that planning can go on. */
  private wholeNumber(of: TypedExpression, what: string, minimum: number, span: Span): number {
    const value = this.staticNumber(of);
    const isFit = Number.isInteger(value) && value >= minimum && value <= longestHistory;
    if (isFit) return value;
    const rule =
      value > longestHistory
        ? "at most 1,000,000 bars"
        : minimum < 0
          ? "a whole number"
          : `a whole number, at least ${minimum}`;
    if (what === history && value < 0) this.report(diagnostic("BF2010", span, { value: shown(value) }));
    else this.report(diagnostic("BF2009", span, { what, value: shown(value), rule }));
    return Math.max(0, minimum);
  }

  private number(of: TypedExpression, what: string, minimum: number, span: Span): number {
    const value = this.staticNumber(of);
    if (value >= minimum && value < Infinity) return value;
    const rule = `a number, at least ${minimum}`;
    this.report(diagnostic("BF2009", span, { what, value: shown(value), rule }));
    return minimum;
  }

  private choice(of: TypedExpression, what: string, choices: readonly string[], span: Span): number {
    const value = this.staticNumber(of);
    if (Number.isInteger(value) && value >= 0 && value < choices.length) return value;
    const rule = `one of ${choices.map((name, place) => `${place} (${name})`).join(", ")}`;
    this.report(diagnostic("BF2009", span, { what, value: shown(value), rule }));
    return 0;
  }

  /** What the checker has seen to be known before the run. */
  private staticNumber(of: TypedExpression): number {
    const value = staticValue(of, this.now);
    // Only a loop that takes too long to count is not known after all.
    if (value === null) throw new BeyondMeasure(this.place);
    return value;
  }

  private kernel(
    name: string,
    parameters: readonly number[],
    inputs: readonly ColumnId[],
    own: { readonly warmup: number; readonly lookback: number },
    outputs = 1,
  ): Draft {
    const key = `${name}(${parameters.join()})[${inputs.join()}]`;
    const facts = this.factsOf(name, inputs, own.warmup);
    return this.node(key, outputs, (columns) => ({
      kind: "kernel",
      kernel: name,
      parameters,
      inputs,
      columns,
      lookback: own.lookback,
      loop: null,
      ...facts,
    }));
  }

  private factsOf(kernel: string, inputs: readonly ColumnId[], own: number): Facts {
    const makers = inputs.map((each) => this.makers[each]);
    const { warmup, isRecursive } = warmupOf(kernel, makers);
    return {
      clock: this.clock,
      warmup: warmup + own,
      phase: makers.some((each) => each.phase === "bar") ? "bar" : "column",
      isRecursive,
      needs: needsOf(makers),
    };
  }

  private leaf(
    key: string,
    make: (computed: Facts & { readonly columns: readonly ColumnId[]; readonly loop: null }) => Draft,
  ): ColumnId {
    return this.node(key, 1, (columns) =>
      make({
        clock: this.clock,
        warmup: 0,
        phase: "column",
        isRecursive: false,
        needs: noNeeds,
        columns,
        loop: null,
      }),
    ).columns[0];
  }

  private node(key: string, outputs: number, make: (columns: readonly ColumnId[]) => Draft): Draft {
    const onClock = `${this.clock} ${key}`;
    const known = this.known.get(onClock);
    if (known !== undefined) return known;
    const node = this.make(outputs, make);
    this.known.set(onClock, node);
    return node;
  }

  private make(outputs: number, make: (columns: readonly ColumnId[]) => Draft): Draft {
    const node = make(Array.from({ length: outputs }, (_, i) => this.columns + i));
    this.columns += outputs;
    for (let i = 0; i < outputs; i++) this.makers.push(node);
    this.nodes.push(node);
    return node;
  }
}

/** With all that depends on the account in its phase, also round a loop. */
function settled(nodes: readonly Draft[]): readonly Draft[] {
  if (nodes.every((each) => each.phase === "column")) return nodes;
  const perBar = new Set(nodes.flatMap((each) => (each.phase === "bar" ? each.columns : [])));
  for (let before = -1; before < perBar.size;) {
    before = perBar.size;
    for (const node of nodes)
      if (inputsOf(node).some((each) => perBar.has(each))) for (const each of node.columns) perBar.add(each);
  }
  return nodes.map((node) => (perBar.has(node.columns[0]) ? { ...node, phase: "bar" } : node));
}

/** Most of each clock that any of the inputs needs. */
function needsOf(makers: readonly Draft[]): Draft["needs"] {
  if (makers.every((each) => each.needs.size === 0)) return noNeeds;
  const needs = new Map<number, number>();
  for (const each of makers)
    for (const [clock, bars] of each.needs) needs.set(clock, Math.max(needs.get(clock) ?? 0, bars));
  return needs;
}

/** The longest of the inputs, but for what has a replacement: `or else` is there with the first of its sides. */
function warmupOf(kernel: string, makers: readonly Draft[]): { warmup: number; isRecursive: boolean } {
  const [first, second] = makers;
  if (kernel === "previous") return { warmup: second.warmup, isRecursive: false };
  if (kernel === "ready") return { warmup: 0, isRecursive: false };
  if (kernel === "or_else") {
    const warmup = first.isRecursive ? second.warmup : Math.min(first.warmup, second.warmup);
    return { warmup, isRecursive: second.isRecursive };
  }
  const warmup = makers.reduce((longest, each) => Math.max(longest, each.warmup), 0);
  return { warmup, isRecursive: makers.some((each) => each.isRecursive) };
}
