import { differenceCell, differenceName, factText, isBetter, valueCell } from "../comparison/cells.js";
import type { Beside } from "./beside.js";
import { paintOf, type Io } from "./io.js";
import { paintedTable, type Cell } from "./painted-table.js";

/**
 * A run beside its baseline as it is printed for people.
 *
 * @param shown  names of the metrics to show beside those that are judged
 */
export function baselineText(io: Io, { path, held: run }: Beside, shown: readonly string[]): string {
  const { comparison, held, trades } = run;
  const { runs, cautions, differences, metrics } = comparison;
  const paint = paintOf(io);
  const judged = new Map(held.map((each) => [each.allowance.metric.name, each]));
  const rows = metrics
    .filter(({ name }) => judged.has(name) || shown.includes(name))
    .map((metric): Cell[] => {
      const verdict = judged.get(metric.name);
      const better = isBetter(metric, 1);
      const tone = better === null ? undefined : better ? paint.good : paint.error;
      const sign = verdict === undefined ? " " : verdict.passed ? "✓" : "✗";
      return [
        { text: `${sign} ${metric.title}`, ...(verdict?.passed === false && { paint: paint.error }) },
        { text: valueCell(metric, 0) },
        { text: valueCell(metric, 1) },
        { text: differenceCell(metric, 1), ...(tone && { paint: tone }) },
        { text: verdict?.allowance.text ?? "", paint: paint.faint },
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
