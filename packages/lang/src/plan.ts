import type { AccountValue, Catalogue, FieldName } from "./catalogue.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import type { PlannedAlert, PlannedFills, PlannedForm, PlannedLimit, PlannedRule } from "./planned-rule.js";
import {
  namesIn,
  type PlacedExpression,
  type EnterRule,
  type Program,
  type Rule,
  type TypedExpression,
} from "./program.js";
import type { Span } from "./source.js";
import { shown, staticLets, staticValue, type ParameterValues, type StaticLets } from "./static.js";
import { typeName } from "./type.js";
import { judgeValues } from "./values.js";

export type ColumnId = number;

/**
 * What to compute for one set of parameter values: a graph as plain data, in an order in which each node needs only
 * those before it. Equal nodes are one node.
 */
export interface Plan {
  readonly schema: "bitfever/plan@1";
  readonly name: string;
  readonly clock: string | null;
  readonly parameters: ParameterValues;
  readonly nodes: readonly PlanNode[];
  /** How many columns the nodes fill; a column's id is its place among them. */
  readonly columns: number;
  /** Bars before the first on which an order may be placed. */
  readonly warmup: number;
  /** How many bars before the current one any kernel reads. */
  readonly lookback: number;
  readonly rules: readonly PlannedRule[];
  readonly limits: readonly PlannedLimit[];
  readonly alerts: readonly PlannedAlert[];
  readonly fills: PlannedFills;
  readonly costs: PlannedCosts;
  /** Named columns that somebody asked to see. */
  readonly outputs: readonly { readonly name: string; readonly column: ColumnId; readonly unit: string }[];
}

interface Computed {
  /** The columns this node fills, one for each output. */
  readonly columns: readonly ColumnId[];
  /** Bars before the first value. */
  readonly warmup: number;
  /**
   * `column`: depends on bars alone, so it is computed for many bars at once. `bar`: depends on the account, so it is
   * computed for one bar at a time, after the fills of that bar.
   */
  readonly phase: "column" | "bar";
}

export type PlanNode =
  | (Computed & { readonly kind: "field"; readonly field: FieldName })
  | (Computed & { readonly kind: "constant"; readonly value: number })
  | (Computed & { readonly kind: "account"; readonly value: AccountValue })
  | (Computed & {
      readonly kind: "kernel";
      readonly kernel: string;
      readonly parameters: readonly number[];
      readonly inputs: readonly ColumnId[];
      readonly lookback: number;
    });

export interface PlannedCosts {
  readonly commission: number | null;
  readonly slippage: { readonly unit: "ticks" | "ratio"; readonly value: number } | null;
}

export interface PlanInput {
  readonly program: Program;
  readonly catalogue: Catalogue;
  readonly values: ParameterValues;
  /** Also compute every `let`, for charts and tables. */
  readonly withLets: boolean;
}

/** Typed program and parameter values → plan. The diagnostics are about the values: lengths, requirements. */
export function plan({ program, catalogue, values, withLets }: PlanInput): {
  plan: Plan;
  diagnostics: Diagnostic[];
} {
  const lets = staticLets(program.lets, values);
  const diagnostics = judgeValues({ program, values, lets });
  const graph = new Graph(catalogue, values, lets, (each) => void diagnostics.push(each));

  const wanted = withLets ? null : letsOf(program);
  for (const { name, value } of program.lets)
    if (wanted === null || wanted.has(name)) graph.define(name, value);
  const rules = program.rules.map((rule) => planRule(rule, graph));
  // What is only looked at must not delay the first order.
  const warmup = graph.warmupOf(rules.flatMap(columnsOf));
  const outputs = withLets
    ? program.lets.map(({ name, value }) => ({
        name,
        column: graph.column({ kind: "let", name, type: value.type }),
        unit: typeName(value.type),
      }))
    : [];

  const share = (of: PlacedExpression): number => staticValue(of.value, values, lets) ?? NaN;
  const { commission, slippage } = program.costs;
  const costs: PlannedCosts = {
    commission: commission && share(commission),
    slippage: slippage && { unit: slippage.unit, value: share(slippage) },
  };
  return {
    plan: {
      schema: "bitfever/plan@1",
      name: program.name,
      clock: program.clock,
      parameters: values,
      nodes: graph.nodes,
      columns: graph.columns,
      warmup,
      lookback: graph.lookback,
      rules,
      limits: [],
      alerts: [],
      fills: noFills,
      costs,
      outputs,
    },
    diagnostics,
  };
}

/** The `let`s that decide whether, how much or at what price to trade. */
function letsOf({ lets, rules }: Program): ReadonlySet<string> {
  const wanted = new Set(rules.flatMap(expressionsOf).flatMap((each) => [...namesIn(each).lets]));
  // Each `let` needs only those before it.
  for (const { name, value } of [...lets].reverse())
    if (wanted.has(name)) for (const each of namesIn(value).lets) wanted.add(each);
  return wanted;
}

function expressionsOf(rule: Rule): readonly TypedExpression[] {
  if (rule.kind === "exit") return [rule.when];
  const { when, size, stop, target } = rule;
  return [when, size.value, size.cap, stop, target].filter((each) => each !== null);
}

/** A plan that only computes columns: what `bf eval` runs. */
export function planOutputs(
  outputs: readonly { readonly name: string; readonly value: TypedExpression }[],
  catalogue: Catalogue,
): { plan: Plan; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const graph = new Graph(catalogue, {}, new Map(), (each) => void diagnostics.push(each));
  const planned = outputs.map(({ name, value }) => ({
    name,
    column: graph.column(value),
    unit: typeName(value.type),
  }));
  return {
    plan: {
      schema: "bitfever/plan@1",
      name: outputs.map((each) => each.name).join(", "),
      clock: null,
      parameters: {},
      nodes: graph.nodes,
      columns: graph.columns,
      warmup: graph.warmupOf(planned.map((each) => each.column)),
      lookback: graph.lookback,
      rules: [],
      limits: [],
      alerts: [],
      fills: noFills,
      costs: { commission: null, slippage: null },
      outputs: planned,
    },
    diagnostics,
  };
}

const noFills: PlannedFills = { path: null, through: null, onClose: false };

function formColumns(form: PlannedForm): ColumnId[] {
  switch (form.kind) {
    case "market":
      return [];
    case "limit":
    case "stop":
      return [form.price];
    case "stop_limit":
      return [form.price, form.limit];
  }
}

/** The columns that decide whether, how much and at what price a rule trades. */
export function columnsOf(rule: PlannedRule): ColumnId[] {
  if (rule.kind === "cancel") return [rule.when];
  if (rule.kind === "exit") return [rule.when, ...formColumns(rule.form)];
  const { when, form, size, stop, targets, trail } = rule;
  const prices = [stop?.price, stop?.limit, ...targets.map((each) => each.price), trail?.distance];
  return [when, ...formColumns(form), size.value, size.cap, ...prices].filter((each) => each != null);
}

function planRule(rule: Rule, graph: Graph): PlannedRule {
  const when = graph.column(rule.when);
  const form = { kind: "market", at: "open" } as const;
  const duration = { kind: "gtc" } as const;
  if (rule.kind === "exit")
    return { kind: "exit", side: rule.side, tag: rule.tag, when, form, duration, share: null };
  const optional = (of: TypedExpression | null): ColumnId | null => of && graph.column(of);
  const { side, tag, size, stop, target } = rule satisfies EnterRule;
  return {
    kind: "enter",
    side,
    tag,
    when,
    form,
    duration,
    size: { kind: size.kind, value: graph.column(size.value), cap: optional(size.cap) },
    stop: stop && { price: graph.column(stop), limit: null },
    targets: target === null ? [] : [{ price: graph.column(target), share: null }],
    trail: null,
    entries: 1,
    group: null,
  };
}

/** A window of a million bars is two years of minutes; whoever writes more has mistyped, and memory is not endless. */
const longestHistory = 1_000_000;

const history = "`k` in `x[k]`";

const usesNeighbour: ReadonlySet<string> = new Set(["crosses_above", "crosses_below"]);

/** Grows node by node; a node that is already there is found by what it computes. */
class Graph {
  readonly nodes: PlanNode[] = [];
  columns = 0;
  lookback = 0;
  private readonly known = new Map<string, PlanNode>();
  private readonly makers: PlanNode[] = [];
  private readonly letColumns = new Map<string, ColumnId>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly values: ParameterValues,
    private readonly lets: StaticLets,
    private readonly report: (diagnostic: Diagnostic) => void,
  ) {}

  /** Computes a `let` once, before those that need it; one that is known before the run needs no column. */
  define(name: string, value: TypedExpression): void {
    if (this.lets.get(name) === null) this.letColumns.set(name, this.column(value));
  }

  /** The column that holds the value of an expression. */
  column(of: TypedExpression): ColumnId {
    const known = staticValue(of, this.values, this.lets);
    if (known !== null) return this.constant(known);
    switch (of.kind) {
      case "constant":
        return this.constant(of.value);
      case "parameter":
        throw new Error(`plan: no value for parameter \`${of.name}\``);
      case "let": {
        const column = this.letColumns.get(of.name);
        if (column === undefined) throw new Error(`plan: no let \`${of.name}\``);
        return column;
      }
      case "field":
        return this.first(`field ${of.name}`, 1, (columns) => ({
          kind: "field",
          field: of.name,
          columns,
          warmup: 0,
          phase: "column",
        }));
      case "account":
        return this.first(`account ${of.name}`, 1, (columns) => ({
          kind: "account",
          value: of.name,
          columns,
          warmup: 0,
          phase: "bar",
        }));
      case "apply": {
        const back = usesNeighbour.has(of.kernel) ? 1 : 0;
        const inputs = of.operands.map((each) => this.column(each));
        return this.kernel(of.kernel, [], inputs, { warmup: back, lookback: back }).columns[0];
      }
      case "delay":
        return this.delay(of);
      case "call":
        return this.call(of);
    }
  }

  warmupOf(columns: readonly ColumnId[]): number {
    return columns.reduce((longest, each) => Math.max(longest, this.makers[each].warmup), 0);
  }

  private constant(value: number): ColumnId {
    return this.first(`constant ${Object.is(value, -0) ? "-0" : value}`, 1, (columns) => ({
      kind: "constant",
      value,
      columns,
      warmup: 0,
      phase: "column",
    }));
  }

  private delay(of: Extract<TypedExpression, { kind: "delay" }>): ColumnId {
    const input = this.column(of.of);
    const by = this.wholeNumber(of.by, history, 0, of.span);
    if (by === 0) return input;
    return this.kernel("delay", [by], [input], { warmup: by, lookback: by }).columns[0];
  }

  private call(of: Extract<TypedExpression, { kind: "call" }>): ColumnId {
    const builtin = this.catalogue.get(of.name);
    if (builtin === undefined) throw new Error(`plan: no function \`${of.name}\``);
    const inputs = of.inputs.map((each) => this.column(each));
    const parameters = builtin.parameters.map(({ name, type, minimum }, i) => {
      const { value, span } = of.parameters[i];
      const what = `\`${name}\` of \`${of.name}\``;
      return type === "bars"
        ? this.wholeNumber(value, what, minimum, span)
        : this.number(value, what, minimum, span);
    });
    const facts = { warmup: builtin.warmup(parameters), lookback: builtin.lookback(parameters) };
    return this.kernel(of.name, parameters, inputs, facts, builtin.outputs.length).columns[of.output];
  }

  /** A static whole number; reports and repairs what is not, so that planning can go on. */
  private wholeNumber(of: TypedExpression, what: string, minimum: number, span: Span): number {
    const value = this.staticNumber(of);
    const isFit = Number.isInteger(value) && value >= minimum && value <= longestHistory;
    if (isFit) return value;
    const rule = value > longestHistory ? "at most 1,000,000 bars" : `a whole number, at least ${minimum}`;
    if (what === history && value < 0) this.report(diagnostic("BF2010", span, { value: shown(value) }));
    else this.report(diagnostic("BF2009", span, { what, value: shown(value), rule }));
    return minimum;
  }

  private number(of: TypedExpression, what: string, minimum: number, span: Span): number {
    const value = this.staticNumber(of);
    if (value >= minimum && value < Infinity) return value;
    this.report(
      diagnostic("BF2009", span, { what, value: shown(value), rule: `a number, at least ${minimum}` }),
    );
    return minimum;
  }

  /** What the checker has seen to be known before the run. */
  private staticNumber(of: TypedExpression): number {
    const value = staticValue(of, this.values, this.lets);
    if (value === null) throw new Error("plan: a length that depends on data");
    return value;
  }

  private kernel(
    name: string,
    parameters: readonly number[],
    inputs: readonly ColumnId[],
    own: { readonly warmup: number; readonly lookback: number },
    outputs = 1,
  ): PlanNode {
    const key = `${name}(${parameters.join()})[${inputs.join()}]`;
    return this.node(key, outputs, (columns) => ({
      kind: "kernel",
      kernel: name,
      parameters,
      inputs,
      columns,
      warmup: this.warmupOf(inputs) + own.warmup,
      lookback: own.lookback,
      phase: inputs.some((each) => this.makers[each].phase === "bar") ? "bar" : "column",
    }));
  }

  private first(key: string, outputs: number, make: (columns: readonly ColumnId[]) => PlanNode): ColumnId {
    return this.node(key, outputs, make).columns[0];
  }

  private node(key: string, outputs: number, make: (columns: readonly ColumnId[]) => PlanNode): PlanNode {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const node = make(Array.from({ length: outputs }, (_, i) => this.columns + i));
    this.columns += outputs;
    for (let i = 0; i < outputs; i++) this.makers.push(node);
    if (node.kind === "kernel") this.lookback = Math.max(this.lookback, node.lookback);
    this.nodes.push(node);
    this.known.set(key, node);
    return node;
  }
}
