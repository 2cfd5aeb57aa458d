import { escapeMarkdown, fenced, markdownTable } from "../report/markdown-text.js";
import { metricsBeside, type HeldRun } from "./baseline.js";
import { differenceCell, differenceName, factText, valueCell } from "./cells.js";

/**
 * A run beside its baseline as Markdown, without HTML.
 *
 * @param path   of the baseline
 * @param shown  names of the metrics to show beside those that are judged
 */
export function baselineMarkdown(path: string, run: HeldRun, shown: readonly string[]): string {
  const { comparison, trades } = run;
  const { runs, cautions, differences } = comparison;
  const rows = metricsBeside(run, shown).map(({ metric, held }) => {
    const sign = held === undefined ? "" : held.passed ? "✅ " : "❌ ";
    return [
      `${sign}${metric.title}`,
      ...[valueCell(metric, 0), valueCell(metric, 1), differenceCell(metric, 1)],
      held?.allowance.text ?? "",
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
