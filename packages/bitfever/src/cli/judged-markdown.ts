import type { BacktestResult } from "@bitfever/engine";
import { accountCurve } from "../comparison/account-curve.js";
import { baselineMarkdown } from "../comparison/baseline-markdown.js";
import { accountPicture } from "../report/account-picture.js";
import { escapeMarkdown, markdownTable } from "../report/markdown-text.js";
import type { Judged } from "./demands.js";
import { summaryMetrics } from "./summary.js";
import { tally } from "./verdict.js";

/**
 * A run with what became of the demands on it, as Markdown for a comment or the page of a job: the verdict first.
 *
 * @param report  of the run itself
 */
export function judgedMarkdown(result: BacktestResult, { verdicts, beside }: Judged, report: string): string {
  const isAnother = beside !== null && beside.held.trades !== null;
  const accounts = [result, ...(isAnother ? [beside.baseline] : [])].map(accountCurve);
  const picture = accountPicture(accounts, isAnother ? ["now", "the baseline"] : []);
  if (verdicts.length === 0) return `${report}\n${picture}\n`;
  const sign = verdicts.every(({ passed }) => passed) ? "✅" : "❌";
  const rows = verdicts.map(({ text, passed, found }) => [
    `${passed ? "✅" : "❌"} ${escapeMarkdown(text)}`,
    escapeMarkdown(found),
  ]);
  return [
    `## ${sign} ${escapeMarkdown(result.program.name)}: ${tally(verdicts)}`,
    markdownTable(["Demanded", "Found"], rows),
    ...(beside === null ? [] : [baselineMarkdown(beside.path, beside.held, summaryMetrics)]),
    picture,
    report,
  ].join("\n\n");
}
