import { metrics } from "@bitfever/engine";
import { metricText } from "../metric-text.js";
import type { WalkResult } from "../optimize/walk-result.js";
import { dataText } from "./data-text.js";
import { countOf, paintOf, type Io } from "./io.js";
import { alignedTable } from "./text-table.js";
import { verdictLine } from "./verdict-line.js";

const shown = ["net_profit", "total_return", "cagr", "max_drawdown", "sharpe", "profit_factor", "trades"];

/** A walk-forward as it is printed for people. */
export function walkSummary(io: Io, result: WalkResult): string {
  const paint = paintOf(io);
  const { program, data, kind, train, test, purge, windows, stopped, ruined } = result;
  const { efficiency, verdict, method } = result;
  const share = (value: number | null): string =>
    value === null ? "–" : metricText({ unit: "ratio" }, value);
  const names = result.parameters.map(({ name }) => name);
  const trials = windows.reduce((sum, each) => sum + each.trials, 0);
  const [objective] = result.objectives;
  const value = (of: number | null): string => (of === null ? "–" : of.toPrecision(4));
  const [head, ...rows] = alignedTable([
    ["learnt to", "traded to", ...names, `${objective.text} in`, "out", "year in", "out"],
    ...windows.map((each) => [
      each.learnt.to,
      each.traded.to,
      ...names.map((name) => String(each.params?.[name] ?? "–")),
      ...[value(each.inSample), value(each.outOfSample)],
      ...[share(each.inSampleReturn), share(each.outOfSampleReturn)],
    ]),
  ]);
  const metricRow = (name: string): string => {
    const metric = metrics.get(name);
    const found = result.metrics[name] ?? null;
    const text =
      metric === undefined || found === null
        ? paint.faint(`–  ${result.metricReasons[name] ?? ""}`)
        : metricText(metric, found);
    return `  ${(metric?.title ?? name).padEnd(28)} ${text}`;
  };
  return [
    paint.strong(program.name) + paint.faint(`  walk-forward by ${objective.text}`),
    paint.faint(dataText(data)),
    paint.faint(
      `${kind} windows of ${countOf(train, "session")}, ${test} traded after each, ${purge} left out before; ` +
        `${method.name}, ${countOf(trials, "trial")}`,
    ),
    ...(stopped ? [paint.warning("stopped before it was over")] : []),
    ...(ruined ? [paint.warning("the last window has left nothing to trade with")] : []),
    "",
    paint.faint(`  ${head}`),
    ...rows.map((each) => `  ${each}`),
    "",
    paint.faint("  Out of sample, all windows as one account"),
    ...shown.map(metricRow),
    `  ${"Walk-forward efficiency".padEnd(28)} ${share(efficiency)}`,
    "",
    `  ${verdictLine(io, verdict)}`,
  ].join("\n");
}
