import { differenceCell, differenceName, factText, isBetter, valueCell } from "../comparison/cells.js";
import type { ComparedMetric, Comparison } from "../comparison/compare.js";
import { paintOf, type Io } from "./io.js";
import { paintedTable, type Cell } from "./painted-table.js";

/**
 * A comparison as it is printed for people.
 *
 * @param shown  names of the metrics to show
 */
export function comparisonText(io: Io, comparison: Comparison, shown: readonly string[]): string {
  const { runs, cautions, differences, metrics } = comparison;
  const paint = paintOf(io);
  const head = (first: string, withDifferences: boolean): Cell[] => [
    { text: first, paint: paint.faint },
    ...runs.flatMap((text, i) =>
      i === 0 || !withDifferences
        ? [{ text, paint: paint.strong }]
        : [
            { text, paint: paint.strong },
            { text: "Δ", paint: paint.faint },
          ],
    ),
  ];
  const rows = metrics
    .filter(({ name }) => shown.includes(name))
    .map((metric): Cell[] => [
      { text: metric.title },
      ...runs.flatMap((_, i) =>
        i === 0 ? [{ text: valueCell(metric, i) }] : comparedCells(paint, metric, i),
      ),
    ]);
  const differing = differences.map((each): Cell[] => [
    { text: differenceName(each) },
    ...each.values.map((value) => ({ text: factText(value) })),
  ]);
  return [
    ...cautions.map((text) => `${paint.warning(`caution: ${text}`)}\n`),
    ...(cautions.length === 0 ? [] : ["\n"]),
    paintedTable([head("Metric", true), ...rows]),
    ...(differing.length === 0 ? [] : ["\n", paintedTable([head("What differs", false), ...differing])]),
  ].join("");
}

/** What a run came to, and how far it is from the first one, in the colour of the better or the worse. */
export function comparedCells(
  paint: ReturnType<typeof paintOf>,
  metric: ComparedMetric,
  run: number,
): readonly Cell[] {
  const better = isBetter(metric, run);
  const tone = better === null ? undefined : better ? paint.good : paint.error;
  return [
    { text: valueCell(metric, run) },
    { text: differenceCell(metric, run), ...(tone && { paint: tone }) },
  ];
}
