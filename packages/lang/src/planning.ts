import type { Catalogue } from "./catalogue.js";
import {
  carryModels,
  commissionModels,
  slippageModels,
  type CostModel,
  type CostModels,
} from "./cost-models.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { BeyondMeasure, Graph } from "./graph.js";
import { columnsOf, columnsOfRebalance, type Plan } from "./plan.js";
import { planRebalance } from "./plan-rebalance.js";
import type { PlannedAlert } from "./planned-rule.js";
import { planRule } from "./plan-rule.js";
import {
  type CostClause,
  expressionsOfRebalance,
  expressionsOfRule,
  namesIn,
  type Alert,
  type PlacedExpression,
  type Program,
  type TypedExpression,
} from "./program.js";
import { staticLets, staticValue, type Known, type ParameterValues } from "./static.js";
import { present, typeName } from "./type.js";
import { judgeValues } from "./values.js";

export interface PlanInput {
  readonly program: Program;
  readonly catalogue: Catalogue;
  readonly values: ParameterValues;
  /** Also compute every `let`, for charts and tables. */
  readonly withLets: boolean;
}

/** Typed program and parameter values → plan. The diagnostics are about the values: lengths, requirements. */
export const plan = (input: PlanInput): Planned => withinMeasure(() => planned(input));

export interface Planned {
  /** Null where the program unrolls to more than there is memory for. */
  readonly plan: Plan | null;
  readonly diagnostics: Diagnostic[];
}

function withinMeasure(work: () => Planned): Planned {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BeyondMeasure)) throw error;
    return {
      plan: null,
      diagnostics: [diagnostic("BF1006", error.span, { what: "loops of so many steps" })],
    };
  }
}

function planned({ program, catalogue, values, withLets }: PlanInput): {
  plan: Plan;
  diagnostics: Diagnostic[];
} {
  const known = { values, lets: staticLets(program.lets, values, catalogue), catalogue };
  const diagnostics = judgeValues(program, known);
  const graph = new Graph(program.lets, known, (each) => void diagnostics.push(each), program.markets);

  const wanted = withLets ? letsOf(program, true) : decisiveLets(program);
  for (const each of program.lets) if (wanted.has(each.name)) graph.define(each);
  const rules = program.rules.map((rule) => planRule(rule, graph, known));
  const universe = program.universe && {
    symbols: program.universe.symbols,
    rebalances: program.universe.rebalances.map((each) => planRebalance(each, graph, known)),
  };
  const alerts = program.alerts.map((each) => planAlert(each, graph));
  const shown = withLets ? program.lets.filter((each) => each.hidden !== true) : [];
  const outputs = shown.map(({ name, value }) => ({
    name,
    column: graph.onStrategyClock({ kind: "let", name, type: value.type }),
    unit: typeName(present(value.type)),
  }));
  const plots = (withLets ? program.plots : []).map(({ title, value, ...look }) => ({
    name: title,
    column: graph.column(value),
    unit: typeName(present(value.type)),
    plot: look,
  }));
  const { columns, nodes, clocks, markets } = graph.finish([
    // What is only looked at must not delay the first order.
    ...rules.flatMap(columnsOf),
    ...(universe?.rebalances.flatMap(columnsOfRebalance) ?? []),
  ]);
  return {
    plan: {
      schema: "bitfever/plan@1",
      name: program.name,
      clock: program.clock,
      calendar: program.calendar,
      markets,
      universe,
      allowsForming: program.allowsForming,
      parameters: values,
      clocks,
      nodes,
      columns,
      warmup: clocks[0].warmup,
      lookback: clocks[0].lookback,
      rules,
      limits: program.limits.map((each) => ({
        measure: each.measure,
        most: valueOf(each.most, known),
        action: each.action,
      })),
      alerts,
      fills: {
        path: program.fills.path,
        through: program.fills.through && valueOf(program.fills.through, known),
        onClose: program.fills.onClose,
        hedges: program.fills.hedges,
        volume: program.fills.volume && valueOf(program.fills.volume, known),
        latency: program.fills.latency && valueOf(program.fills.latency, known),
        touch: program.fills.touch && valueOf(program.fills.touch, known),
        profile: program.fills.profile,
      },
      costs: {
        commissions: program.costs.commissions.map((each) => planCost(each, commissionModels, known)),
        slippages: program.costs.slippages.map((each) => planCost(each, slippageModels, known)),
        carries: program.costs.carries.map((each) => planCost(each, carryModels, known)),
      },
      outputs: [...outputs, ...plots],
    },
    diagnostics,
  };
}

const valueOf = (of: PlacedExpression, known: Known): number => staticValue(of.value, known) ?? NaN;

const planCost = ({ model, parameters }: CostClause, models: CostModels, known: Known): CostModel => ({
  model,
  parameters: models[model].map((each, i) => {
    const given = parameters[i];
    return given === null ? (each.default ?? null) : valueOf(given, known);
  }),
});

const planAlert = ({ when, text }: Alert, graph: Graph): PlannedAlert => ({
  when: graph.column(when),
  text: text.map((each) => (typeof each === "string" ? each : graph.column(each))),
});

/** The `let`s that decide whether, how much or at what price to trade, and those that somebody wants to see. */
function letsOf({ lets, rules, universe, alerts, plots }: Program, withLets: boolean): ReadonlySet<string> {
  const roots = [
    ...rules.flatMap(expressionsOfRule),
    ...(universe?.rebalances.flatMap(expressionsOfRebalance) ?? []),
    ...alerts.flatMap(({ when, text }) => [when, ...text.filter((each) => typeof each !== "string")]),
  ];
  const wanted = new Set(roots.flatMap((each) => [...namesIn(each).lets]));
  if (withLets) {
    for (const each of lets) if (each.hidden !== true) wanted.add(each.name);
    for (const each of plots) for (const name of namesIn(each.value).lets) wanted.add(name);
  }
  const values = new Map(lets.map((each) => [each.name, each.value]));
  // A set that grows while it is walked: what a `let` needs, now or as it was, is wanted too.
  for (const name of wanted) {
    const value = values.get(name);
    if (value !== undefined) for (const each of namesIn(value).lets) wanted.add(each);
  }
  return wanted;
}

/** The same at every point of a search. */
function decisiveLets(program: Program): ReadonlySet<string> {
  const found = decisive.get(program) ?? letsOf(program, false);
  decisive.set(program, found);
  return found;
}

const decisive = new WeakMap<Program, ReadonlySet<string>>();

/** A plan that only computes columns: what `bf eval` runs. */
export const planOutputs = (...input: Parameters<typeof plannedOutputs>): Planned =>
  withinMeasure(() => plannedOutputs(...input));

function plannedOutputs(
  outputs: readonly { readonly name: string; readonly value: TypedExpression }[],
  lets: Program["lets"],
  catalogue: Catalogue,
): { plan: Plan; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const known = { values: {}, lets: staticLets(lets, {}, catalogue), catalogue };
  const graph = new Graph(lets, known, (each) => void diagnostics.push(each));
  for (const each of lets) graph.define(each);
  const planned = outputs.map(({ name, value }) => ({
    name,
    column: graph.column(value),
    unit: typeName(present(value.type)),
  }));
  const { columns, nodes, clocks } = graph.finish(planned.map((each) => each.column));
  return {
    plan: {
      schema: "bitfever/plan@1",
      name: outputs.map((each) => each.name).join(", "),
      clock: null,
      calendar: null,
      markets: [],
      universe: null,
      allowsForming: false,
      parameters: {},
      clocks,
      nodes,
      columns,
      warmup: clocks[0].warmup,
      lookback: clocks[0].lookback,
      rules: [],
      limits: [],
      alerts: [],
      fills: {
        ...{ path: null, through: null, onClose: false, hedges: false },
        ...{ volume: null, latency: null, touch: null, profile: null },
      },
      costs: { commissions: [], slippages: [], carries: [] },
      outputs: planned,
    },
    diagnostics,
  };
}
