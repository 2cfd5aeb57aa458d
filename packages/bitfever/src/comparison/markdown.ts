import { escapeMarkdown, markdownTable } from "../report/markdown-text.js";
import { differenceCell, differenceName, factText, valueCell } from "./cells.js";
import type { Comparison } from "./compare.js";

/**
 * A comparison as Markdown, without HTML.
 *
 * @param shown  names of the metrics to show
 */
export function comparisonMarkdown(comparison: Comparison, shown: readonly string[]): string {
  const { runs, cautions, differences, metrics } = comparison;
  const names = runs.map(escapeMarkdown);
  const parts = [
    `### ${names.join(" · ")}`,
    ...cautions.map((text) => `> **Caution:** ${escapeMarkdown(text)}`),
    markdownTable(
      ["Metric", ...names.flatMap((name, i) => (i === 0 ? [name] : [name, "Δ"]))],
      metrics
        .filter(({ name }) => shown.includes(name))
        .map((metric) => [
          metric.title,
          ...runs.flatMap((_, i) =>
            i === 0 ? [valueCell(metric, i)] : [valueCell(metric, i), differenceCell(metric, i)],
          ),
        ]),
    ),
    ...(differences.length === 0
      ? []
      : [
          markdownTable(
            ["What differs", ...names],
            differences.map((each) => [
              escapeMarkdown(differenceName(each)),
              ...each.values.map((value) => escapeMarkdown(factText(value))),
            ]),
          ),
        ]),
  ];
  return `${parts.join("\n\n")}\n`;
}
