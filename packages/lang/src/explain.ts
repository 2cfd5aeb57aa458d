import { columnsOf, type Plan, type PlanNode } from "./plan.js";
import type { PlannedRule } from "./planned-rule.js";
import type { Program } from "./program.js";
import { writtenValue } from "./type.js";

/** The plan as a table that people read: what is computed, from what, when it has its first value, and the totals. */
export function explain(program: Program, plan: Plan): string {
  const names = columnNames(plan);
  const rows = plan.nodes.map((node): string[] => [
    node.columns.map((each) => `#${each}`).join(" "),
    describe(node, names),
    node.phase === "column" ? "column" : "per bar",
    String(node.warmup),
    plan.outputs
      .filter(({ column }) => node.columns.includes(column))
      .map(({ name }) => name)
      .join(", "),
  ]);
  const parameters = program.parameters.map(
    ({ name, type }) => `  ${name}: ${type} = ${writtenValue(type, plan.parameters[name])}`,
  );
  const perBar = plan.nodes.flatMap((node) => (node.phase === "bar" ? node.columns : [])).length;
  const bytes = plan.columns * (plan.lookback + Math.max(plan.lookback, 64)) * 8;
  return [
    `strategy "${plan.name}"${plan.clock === null ? ", on bars of any interval" : ` on ${plan.clock}`}`,
    ...(parameters.length === 0 ? [] : ["", "parameters", ...parameters]),
    "",
    "rules",
    ...plan.rules.map((rule) => `  ${describeRule(rule, plan, names)}`),
    "",
    ...table(["", "computes", "phase", "warm-up", "let"], rows),
    "",
    `warm-up    ${bars(plan.warmup)} before the first on which an order can be placed`,
    `look-back  ${bars(plan.lookback)} of history kept`,
    `columns    ${plan.columns - perBar} over blocks of bars, ${perBar} bar by bar because they depend on the account`,
    `memory     ${Math.ceil(bytes / 1024)} KiB when run bar by bar`,
  ].join("\n");
}

const bars = (count: number): string => `${count} ${count === 1 ? "bar" : "bars"}`;

function columnNames(plan: Plan): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const node of plan.nodes) {
    for (const column of node.columns) names.set(column, `#${column}`);
    if (node.kind === "field") names.set(node.columns[0], node.field);
    if (node.kind === "account") names.set(node.columns[0], node.value);
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
    case "account":
      return node.value;
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
  const share = (column: number): string => {
    const node = plan.nodes.find(({ columns }) => columns.includes(column));
    return node?.kind === "constant" ? `${Number((node.value * 100).toPrecision(12))}%` : named(column);
  };
  const when = ` "${rule.tag ?? "all"}" when ${named(rule.when)}`;
  if (rule.kind === "cancel") return `cancel${when}`;
  const head = `${rule.kind} ${rule.side ?? "any"}${when}`;
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
    rule.stop === null ? "no stop" : `stop at ${named(rule.stop.price)}`,
    ...rule.targets.map(({ price }) => `target at ${named(price)}`),
    `reads ${columnsOf(rule).length} columns`,
  ].join(", ");
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
