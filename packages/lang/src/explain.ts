import { clockNameOf, columnsOf, type Plan, type PlanNode } from "./plan.js";
import type { PlannedForm, PlannedPrice, PlannedRule } from "./planned-rule.js";
import type { PlannedRebalance } from "./planned-universe.js";
import type { Program } from "./program.js";
import { writtenValue } from "./type.js";

/** What a node of a plan takes, which whoever has the kernels knows. */
export interface NodeCost {
  /** For a bar of its clock. */
  readonly steps: number;
  /** Beside its columns. */
  readonly stateBytes: number;
}

/**
 * The plan as a table that people read: what is computed, from what, on which clock, how, when it has its first value,
 * and the totals.
 *
 * @param costs  of the nodes in their order: then the table says what each takes
 */
export function explain(program: Program, plan: Plan, costs?: readonly NodeCost[]): string {
  const names = columnNames(plan);
  const hasClocks = plan.clocks.length > 1;
  const rows = plan.nodes.map((node, i): string[] => [
    node.columns.map((each) => `#${each}`).join(" "),
    describe(node, names),
    ...(hasClocks ? [clockNameOf(plan, node.clock)] : []),
    manner(node),
    String(node.warmup),
    ...(costs === undefined
      ? []
      : [String(costs[i].steps), String(columnBytesOf(node, plan) + costs[i].stateBytes)]),
    plan.outputs
      .filter(({ column }) => node.columns.includes(column))
      .map(({ name }) => name)
      .join(", "),
  ]);
  const parameters = program.parameters.map(
    (each) => `  ${each.name}: ${each.type} = ${writtenValue(each, plan.parameters[each.name])}`,
  );
  const head = [
    "",
    "computes",
    ...(hasClocks ? ["clock"] : []),
    "how",
    "warm-up",
    ...(costs === undefined ? [] : ["steps", "bytes"]),
    "let",
  ];
  const limits = plan.limits.map(({ measure, most, action }) => `  limit ${measure} ${most}: ${action}`);
  return [
    `strategy "${plan.name}"${plan.clock === null ? ", on bars of any interval" : ` on ${plan.clock}`}`,
    ...symbolsOf(plan),
    ...(parameters.length === 0 ? [] : ["", "parameters", ...parameters]),
    "",
    "rules",
    ...plan.rules.map((rule) => `  ${describeRule(rule, plan, names)}`),
    ...(plan.universe?.rebalances.map((each) => `  ${describeRebalance(each, plan, names)}`) ?? []),
    ...limits,
    "",
    ...table(head, rows),
    "",
    `warm-up    ${plan.clocks.map((each, i) => bars(each.warmup, ofClock(plan, i))).join(" and ")} before the first on which an order can be placed`,
    `look-back  ${plan.clocks.map((each, i) => bars(each.lookback, ofClock(plan, i))).join(", ")} of history kept`,
    ...explainManners(plan),
    ...(costs === undefined ? [] : explainSteps(plan, costs, names)),
    `memory     ${Math.ceil(memoryOf(plan, costs) / 1024)} KiB when run bar by bar`,
  ].join("\n");
}

/** What is traded and read beside the one symbol of the data, and what the rules may rest on. */
function symbolsOf({ universe, markets, allowsForming }: Plan): string[] {
  const members = universe && (universe.symbols?.join(", ") ?? "all symbols of the data");
  const lines = [
    ...(members === null ? [] : [`  universe of ${members}`]),
    ...markets.map(
      ({ name, symbol, calendar }) =>
        `  ${name}: ${symbol}${calendar === null ? "" : `, days of ${calendar}`}`,
    ),
    ...(allowsForming ? ["  orders may rest on bars that have not closed"] : []),
  ];
  return lines.length === 0 ? [] : ["", "symbols", ...lines];
}

const ofClock = (plan: Plan, clock: number): string => (clock === 0 ? "" : ` of ${clockNameOf(plan, clock)}`);

/** How a node is computed; what is not a column of many bars at once says why. */
function manner({ phase, loop }: PlanNode): string {
  if (phase === "bar") return "bar by bar: account";
  return loop === null ? "column" : "bar by bar: own past";
}

function explainManners(plan: Plan): string[] {
  const count = (isMeant: (node: PlanNode) => boolean): number =>
    plan.nodes.filter(isMeant).reduce((sum, node) => sum + node.columns.length, 0);
  const account = count((node) => node.phase === "bar");
  const past = count((node) => node.phase === "column" && node.loop !== null);
  return [
    `columns    ${plan.columns - account - past} over blocks of bars` +
      (account > 0 ? `, ${account} bar by bar because they depend on the account` : "") +
      (past > 0 ? `, ${past} bar by bar because they go on from their own past` : ""),
  ];
}

/** What a bar takes, and the most expensive of what takes more the longer its window. */
function explainSteps(plan: Plan, costs: readonly NodeCost[], names: ReadonlyMap<number, string>): string[] {
  const totals = plan.clocks.map((_, clock) =>
    plan.nodes.reduce((sum, node, i) => sum + (node.clock === clock ? costs[i].steps : 0), 0),
  );
  const long = plan.nodes
    .map((node, i) => ({ node, steps: costs[i].steps }))
    .filter(({ steps }) => steps > 1)
    .sort((a, b) => b.steps - a.steps);
  return [
    `cost       ${totals.map((steps, i) => `${steps} ${steps === 1 ? "step" : "steps"} for each bar${ofClock(plan, i)}`).join(", ")}`,
    ...long
      .slice(0, mostShown)
      .map(
        ({ node, steps }) =>
          `           ${steps} of them for ${describe(node, names)}, more the longer its window`,
      ),
  ];
}

const mostShown = 5;

/** Bytes of the windows in which columns are kept when bars come one at a time, and of what kernels keep beside them. */
const memoryOf = (plan: Plan, costs: readonly NodeCost[] = []): number =>
  plan.nodes.reduce((sum, node, i) => sum + columnBytesOf(node, plan) + (costs[i]?.stateBytes ?? 0), 0);

function columnBytesOf({ columns, clock }: PlanNode, { clocks }: Plan): number {
  const kept = Math.max(clocks[clock].lookback, Math.min(clock, 1));
  return columns.length * (kept + Math.max(kept, 64)) * 8;
}

const bars = (count: number, of: string): string => `${count} ${count === 1 ? "bar" : "bars"}${of}`;

function columnNames(plan: Plan): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const node of plan.nodes) {
    for (const column of node.columns) names.set(column, `#${column}`);
    // Outside of its block a price of another market is called as one reads it.
    const { market, interval } = plan.clocks[node.clock];
    const prefix = market === null || interval !== null ? "" : `${plan.markets[market].name}.`;
    if (node.kind === "field") names.set(node.columns[0], `${prefix}${node.field}`);
    if (node.kind === "account" || node.kind === "calendar" || node.kind === "instrument")
      names.set(node.columns[0], node.value);
    if (node.kind === "constant") names.set(node.columns[0], String(node.value));
  }
  for (const { name, column } of plan.outputs)
    if (names.get(column)?.startsWith("#") === true) names.set(column, name);
  return names;
}

function describe(node: PlanNode, names: ReadonlyMap<number, string>): string {
  switch (node.kind) {
    case "field":
      return node.field;
    case "calendar":
    case "instrument":
    case "account":
      return node.value;
    case "latest":
    case "forming":
      return `${node.kind}(${names.get(node.input) ?? ""})`;
    case "across":
      return `${node.reducer}(for each: ${names.get(node.input) ?? ""})`;
    case "constant":
      return String(node.value);
    case "kernel": {
      const given = [...node.inputs.map((each) => names.get(each) ?? ""), ...node.parameters.map(String)];
      return `${node.kernel}(${given.join(", ")})`;
    }
  }
}

function describeRule(rule: PlannedRule, plan: Plan, names: ReadonlyMap<number, string>): string {
  const named = (column: number): string => names.get(column) ?? "";
  const share = (column: number): string => shareIn(column, plan, names);
  const when = `when ${named(rule.when)}`;
  if (rule.kind === "cancel") return `cancel "${rule.tag ?? "all"}" ${when}`;
  const head = `${rule.kind} ${rule.side ?? "any"} "${rule.tag}"${describeForm(rule.form, named)} ${when}`;
  if (rule.kind === "exit") return head;
  const { kind, value, cap } = rule.size;
  const sizes = {
    units: () => named(value),
    money: () => `worth ${named(value)}`,
    equity: () => `${share(value)} of equity`,
    risk: () => `risk(${share(value)})`,
  };
  const size = sizes[kind]();
  return [
    head,
    `size ${size}${cap === null ? "" : ` capped ${share(cap)} of equity`}`,
    rule.stop === null
      ? rule.trail === null
        ? "no stop"
        : ""
      : `stop ${placeOf(rule.stop)} ${named(rule.stop.price)}`,
    rule.trail === null
      ? ""
      : `trail by ${named(rule.trail.distance)}${rule.trail.on === "each_bar" ? " each bar" : ""}`,
    ...rule.targets.map((each) => `target ${placeOf(each)} ${named(each.price)}`),
    `reads ${columnsOf(rule).length} columns`,
  ]
    .filter((each) => each !== "")
    .join(", ");
}

/** What is known before the run is written as a percentage. */
function shareIn(column: number, plan: Plan, names: ReadonlyMap<number, string>): string {
  const node = plan.nodes.find(({ columns }) => columns.includes(column));
  return node?.kind === "constant" ? percent(node.value) : (names.get(column) ?? "");
}

function describeRebalance(
  { tag, every, when, holds, weight, cap, isRedistributed, exposure, band }: PlannedRebalance,
  plan: Plan,
  names: ReadonlyMap<number, string>,
): string {
  const named = (column: number | null, word: string): string =>
    column === null ? "" : ` ${word} ${names.get(column) ?? ""}`;
  const held = holds.map(
    ({ side, order, count, by, where }) =>
      `${side} ${count === null ? "each" : `${order} ${count}`}${named(by, "by")}${named(where, "where")}`,
  );
  const shares =
    weight.kind === "equal"
      ? "weight equal"
      : weight.kind === "returns"
        ? `weight ${weight.weighting}(${weight.length})${weight.isShrunk ? " shrunk" : ""}`
        : weight.kind === "at"
          ? `weight at ${shareIn(weight.column, plan, names)}`
          : `weight${named(weight.column, "by")}`;
  return [
    `rebalance "${tag}"${every === null ? "" : ` every ${every}`}${named(when, "when")}`,
    ...held,
    `${shares}${cap === null ? "" : ` capped ${percent(cap)}`}${isRedistributed ? " redistributed" : ""}`,
    exposure === null ? "" : `exposure ${percent(exposure)}`,
    band === 0 ? "" : `band ${percent(band)}`,
  ]
    .filter((each) => each !== "")
    .join(", ");
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(12))}%`;

const placeOf = ({ by }: PlannedPrice): string => (by === null ? "at" : "by");

function describeForm(form: PlannedForm, named: (column: number) => string): string {
  switch (form.kind) {
    case "market":
      return form.at === "close" ? " at close" : "";
    case "limit":
      return ` at limit ${named(form.price)}${form.isPostOnly === true ? " post_only" : ""}`;
    case "stop":
      return ` at stop ${named(form.price)}`;
    case "stop_limit":
      return ` at stop ${named(form.price)} limit ${named(form.limit)}`;
    case "market_if_touched":
      return ` at touched ${named(form.price)}`;
    case "limit_if_touched":
      return ` at touched ${named(form.price)} limit ${named(form.limit)}`;
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  return all.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]))
      .join("  ")
      .trimEnd(),
  );
}
