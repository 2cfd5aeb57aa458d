import { metrics } from "@bitfever/engine";
import type { CrossValidationResult } from "../cross-validation/cross-validation-result.js";
import { metricText } from "../metric-text.js";
import { dataText } from "./data-text.js";
import { countOf, paintOf, type Io } from "./io.js";
import { textHistogram } from "./text-histogram.js";
import { alignedTable } from "./text-table.js";
import { verdictLine } from "./verdict-line.js";

const shown = ["total_return", "max_drawdown", "sharpe", "profit_factor", "trades"];
/** More paths are told by their distribution alone. */
const mostPaths = 10;
/** Fewer make no picture. */
const enoughForHistogram = 9;

/** A cross-validation as it is printed for people. */
export function crossValidationSummary(io: Io, result: CrossValidationResult): string {
  const paint = paintOf(io);
  const { program, data, groups, testGroups, purge, embargo, splits, paths, stopped, method } = result;
  const { distribution, efficiency, verdict, whole, asked, notAsked } = result;
  const [objective] = result.objectives;
  const share = (value: number | null): string =>
    value === null ? "–" : metricText({ unit: "ratio" }, value);
  const of = (name: string, value: number | null | undefined): string => {
    const metric = metrics.get(name);
    if (value === null || value === undefined) return "–";
    return metric === undefined ? value.toPrecision(4) : metricText(metric, value);
  };
  const names = result.parameters.map(({ name }) => name);
  const [head, ...rows] = alignedTable([
    ["tested", ...names, `${objective.text} in`, "out", "year in", "out"],
    ...splits.map((each) => [
      each.tested.map(({ from, to }) => `${from} to ${to}`).join(", "),
      ...names.map((name) => String(each.params?.[name] ?? "–")),
      ...[of(objective.text, each.inSample), of(objective.text, each.outOfSample)],
      ...[share(each.inSampleReturn), share(each.outOfSampleReturn)],
    ]),
  ]);
  const columns = [...new Set([objective.text, ...shown])];
  const [pathHead, ...pathRows] = alignedTable([
    ["path", ...columns],
    ...paths
      .slice(0, mostPaths)
      .map((each, i) => [
        String(i + 1),
        ...columns.map((name) => of(name, name === objective.text ? each.objective : each.metrics[name])),
      ]),
  ]);
  const values = paths.flatMap(({ objective: value }) => value ?? []);
  const row = (title: string, cell: string): string => `  ${title.padEnd(28)} ${cell}`;
  return [
    paint.strong(program.name) + paint.faint(`  cross-validated by ${objective.text}`),
    paint.faint(dataText(data)),
    paint.faint(
      `${groups} groups, ${testGroups} tested at a time; ${countOf(purge, "session")} left out on either side, ${embargo} more after; ` +
        `${method.name}, ${countOf(
          splits.reduce((sum, { trials }) => sum + trials, 0),
          "trial",
        )}`,
    ),
    ...(stopped ? [paint.warning("stopped before it was over")] : []),
    "",
    paint.faint(`  ${head}`),
    ...rows.map((each) => `  ${each}`),
    ...(paths.length === 0
      ? []
      : [
          "",
          paint.faint(
            `  ${paths.length === 1 ? "1 history" : `${paths.length} histories`} out of sample, each as one account`,
          ),
          paint.faint(`  ${pathHead}`),
          ...pathRows.map((each) => `  ${each}`),
          ...(paths.length > mostPaths ? [paint.faint(`  … and ${paths.length - mostPaths} more`)] : []),
        ]),
    ...(values.length < enoughForHistogram
      ? []
      : [
          "",
          paint.faint(`  ${objective.text} of the paths`),
          ...textHistogram(values, {
            observed: null,
            text: (value) => of(objective.text, value),
          }).map((each) => `  ${each}`),
        ]),
    "",
    ...(distribution === null || values.length < 2
      ? []
      : [
          row(
            "5, 25, 50, 75, 95% of paths",
            (Object.values(distribution) as number[]).map((value) => of(objective.text, value)).join("   "),
          ),
        ]),
    row("Kept out of sample", share(efficiency)),
    ...(whole === null
      ? []
      : [
          row(
            "Best on the whole history",
            `${of(objective.text, whole.objective)}  ${names.map((name) => `${name} ${String(whole.params[name])}`).join(", ")}`,
          ),
        ]),
    "",
    `  ${verdictLine(io, verdict)}`,
    "",
    paint.faint(`  Asked: ${asked}`),
    paint.faint(`  Not asked: ${notAsked}.`),
  ].join("\n");
}
