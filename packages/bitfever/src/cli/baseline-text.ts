import { metricsBeside } from "../comparison/baseline.js";
import { differenceName, factText, valueCell } from "../comparison/cells.js";
import type { Beside } from "./beside.js";
import { comparedCells } from "./comparison-text.js";
import { paintOf, type Io } from "./io.js";
import { paintedTable, type Cell } from "./painted-table.js";

/**
 * A run beside its baseline as it is printed for people.
 *
 * @param shown  names of the metrics to show beside those that are judged
 */
export function baselineText(io: Io, { path, held: run }: Beside, shown: readonly string[]): string {
  const { comparison, trades } = run;
  const { runs, cautions, differences } = comparison;
  const paint = paintOf(io);
  const rows = metricsBeside(run, shown).map(({ metric, held }): Cell[] => {
    const sign = held === undefined ? " " : held.passed ? "✓" : "✗";
    return [
      { text: `${sign} ${metric.title}`, ...(held?.passed === false && { paint: paint.error }) },
      { text: valueCell(metric, 0) },
      ...comparedCells(paint, metric, 1),
      { text: held?.allowance.text ?? "", paint: paint.faint },
    ];
  });
  const head: Cell[] = [
    { text: `Beside ${path}`, paint: paint.faint },
    ...runs.map((text) => ({ text, paint: paint.strong })),
    ...["Δ", "may be worse by"].map((text) => ({ text, paint: paint.faint })),
  ];
  const paintLine = (line: string): string => {
    const tone = line.startsWith("-") ? paint.error : line.startsWith("+") ? paint.good : paint.faint;
    return tone(line);
  };
  return [
    "\n",
    paintedTable([head, ...rows]),
    ...cautions.map((text) => `${paint.warning(`caution: ${text}`)}\n`),
    ...differences.map(
      (each) => `  ${differenceName(each)}: ${each.values.map((value) => factText(value)).join(" → ")}\n`,
    ),
    ...(trades ?? []).map((line) => `  ${paintLine(line)}\n`),
  ].join("");
}
