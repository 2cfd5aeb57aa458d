import { escapeMarkdown, fenced, markdownTable } from "../report/markdown-text.js";
import type { HeldRun } from "./baseline.js";
import { differenceCell, differenceName, factText, valueCell } from "./cells.js";

/**
 * A run beside its baseline as Markdown, without HTML.
 *
 * @param path   of the baseline
 * @param shown  names of the metrics to show beside those that are judged
 */
export function baselineMarkdown(
  path: string,
  { comparison, held, trades }: HeldRun,
  shown: readonly string[],
): string {
  const { runs, cautions, differences, metrics } = comparison;
  const judged = new Map(held.map((each) => [each.allowance.metric.name, each]));
  const rows = metrics
    .filter(({ name }) => judged.has(name) || shown.includes(name))
    .map((metric) => {
      const verdict = judged.get(metric.name);
      const sign = verdict === undefined ? "" : verdict.passed ? "✅ " : "❌ ";
      return [
        `${sign}${metric.title}`,
        ...[valueCell(metric, 0), valueCell(metric, 1), differenceCell(metric, 1)],
        verdict?.allowance.text ?? "",
      ];
    });
  const changed = differences.map(
    (each) =>
      `- ${escapeMarkdown(differenceName(each))}: ${each.values.map((value) => escapeMarkdown(factText(value))).join(" → ")}`,
  );
  return [
    `#### Beside ${escapeMarkdown(path)}`,
    ...cautions.map((text) => `> **Caution:** ${escapeMarkdown(text)}`),
    markdownTable(["Metric", ...runs, "Δ", "may be worse by"], rows),
    ...(changed.length === 0 ? [] : [changed.join("\n")]),
    ...(trades === null ? [] : [fenced("diff", trades.join("\n"))]),
  ].join("\n\n");
}
