import { metrics } from "@bitfever/engine";
import type { PortfolioCurves, PortfolioResult } from "../portfolio/result.js";
import { decimalsOfMoney } from "../report/chart-data.js";
import { formatNumber, formatPercent, formatSigned } from "../report/format.js";
import { headlineNumbers } from "../report/headline.js";
import { escapeMarkdown, markdownTable } from "../report/markdown-text.js";
import { metricTexts } from "../report/metric-text.js";

/** What there is to say of switched systems in a comment: the verdict, the headline, and each system. */
export function portfolioText(result: PortfolioResult, { equity }: Pick<PortfolioCurves, "equity">): string {
  const { systems, days, verdict, always, trades, walk } = result;
  const decimals = decimalsOfMoney(equity);
  const [switched, never] = [result, always].map((each) =>
    metricTexts(each, [...metrics.values()], decimals),
  );
  const learnt =
    walk === null ? "" : ` · ${walk.kind} walk of ${walk.train} days and ${walk.test}, out of sample`;
  const profitOf = (name: string): number =>
    trades.reduce((sum, { system, profit }) => (system === name ? sum + profit : sum), 0);
  const parts = [
    `### ${systems.map(({ name }) => escapeMarkdown(name)).join(", ")} · portfolio`,
    `${formatNumber(days.count, 0)} days · ${days.from} to ${days.to}${learnt}`,
    `> **Verdict:** ${escapeMarkdown(verdict)}`,
    markdownTable(
      ["Metric", "Switched", "Never switched"],
      headlineNumbers.map(({ name, label }) => [label, `**${switched(name).text}**`, never(name).text]),
    ),
    markdownTable(
      ["System", "Filter", "On", "Trades", "Profit", "At the end"],
      systems.map(({ name, filter, onShare, equity: last }) => [
        escapeMarkdown(name),
        `\`${filter}\``,
        formatPercent(onShare),
        formatNumber(trades.filter(({ system }) => system === name).length, 0),
        formatSigned(profitOf(name), decimals),
        formatNumber(last, decimals),
      ]),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}
