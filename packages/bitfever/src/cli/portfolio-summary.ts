import { metrics } from "@bitfever/engine";
import { metricText } from "../metric-text.js";
import type { PortfolioResult, SwitchedSystem } from "../portfolio/result.js";
import { countOf, paintOf, type Io } from "./io.js";

const shown = [
  "net_profit",
  "total_return",
  "cagr",
  "max_drawdown",
  "sharpe",
  "profit_factor",
  "trades",
  "exposure",
  "commission_paid",
];

/** The result of switched systems as it is printed for people. */
export function portfolioSummary(io: Io, result: PortfolioResult): string {
  const paint = paintOf(io);
  const { days, systems, walk, chance, verdict } = result;
  const how =
    walk === null ? "" : `, ${walk.kind} walk of ${walk.train} days and ${walk.test}, out of sample`;
  const row = (title: string, cells: readonly string[]): string =>
    `  ${title.padEnd(28)} ${cells.map((each) => each.padStart(16)).join("")}`;
  const lines = [
    paint.strong(countOf(systems.length, "system")) + paint.faint(` on one account`),
    paint.faint(`${days.count} days, ${days.from} to ${days.to}${how}`),
    "",
    paint.faint(row("", ["switched", "never switched"])),
    ...shown.map((name) => row(titleOf(name), [textOf(name, result), textOf(name, result.always)])),
    "",
    ...systems.map((each) => `  ${systemText(each)}`),
    "",
  ];
  if (chance !== null) {
    const { objective } = result;
    const cells = chance.draws === null ? [] : [chance.draws.low, chance.draws.middle, chance.draws.high];
    lines.push(
      paint.faint(row("Switched at random", ["2.5 %", "50 %", "97.5 %"])),
      row(
        titleOf(objective),
        cells.map((each) => valueText(objective, each)),
      ),
      "",
    );
  }
  const isBeaten = chance !== null && verdict.startsWith("better");
  lines.push(`  ${isBeaten ? paint.good(verdict) : paint.warning(verdict)}`);
  return lines.join("\n");
}

function systemText({ name, filter, onShare, spells, windows, closedBySwitch }: SwitchedSystem): string {
  const used = [
    ...new Set(
      windows.map(({ values }) =>
        Object.entries(values)
          .map(([key, value]) => `${key} ${value}`)
          .join(", "),
      ),
    ),
  ].filter((each) => each !== "");
  const told = used.length === 0 ? "" : ` (${used.join("; ")})`;
  return (
    `${name}: ${filter}${told}, on in ${(onShare * 100).toFixed(0)} % of sessions in ${countOf(spells, "spell")}, ` +
    `${countOf(closedBySwitch, "position")} closed by it`
  );
}

const titleOf = (name: string): string => metricOf(name).title;

const textOf = (name: string, { metrics: values }: Pick<PortfolioResult, "metrics">): string => {
  const value = values[name];
  return value === null ? "–" : valueText(name, value);
};

const valueText = (name: string, value: number): string => metricText(metricOf(name), value);

function metricOf(name: string): NonNullable<ReturnType<typeof metrics.get>> {
  const metric = metrics.get(name);
  if (metric === undefined) throw new Error(`summary: no metric ${name}`);
  return metric;
}
