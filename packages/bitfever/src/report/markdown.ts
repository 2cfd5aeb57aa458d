import { metrics, type BacktestResult } from "@bitfever/engine";
import { intervalName } from "@bitfever/lang";
import { decimalsOfMoney } from "./chart-data.js";
import { formatNumber, formatPercent } from "./format.js";
import { headlineNumbers } from "./headline.js";
import { escapeMarkdown, markdownTable } from "./markdown-text.js";
import { metricTexts } from "./metric-text.js";
import { monthlyReturns } from "./months.js";
import { noticesOf } from "./notices.js";
import type { ReportInput } from "./report.js";

/** What there is to say of a run in a comment: headline, warnings, years, limits, and what it rests on. */
export function renderMarkdown({
  result,
  bars,
  curves,
}: Pick<ReportInput, "result" | "bars" | "curves">): string {
  const parts = [
    `### ${escapeMarkdown(result.program.name)} · ${escapeMarkdown(result.data.symbol)}`,
    about(result),
    headlineTable(result, decimalsOfMoney(curves.equity)),
    ...noticesOf(result).map(
      ({ kind, text }) => `> **${kind === "warning" ? "Warning" : "Note"}:** ${escapeMarkdown(text)}`,
    ),
    yearsTable(bars.time, curves.timeWeighted ?? curves.equity),
    limitsLine(result),
    hashesLine(result),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function about({ data, params }: BacktestResult): string {
  const given = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  const interval = data.intervalMs === 0 ? "" : ` of ${intervalName(data.intervalMs)}`;
  const facts = [
    `${formatNumber(data.bars, 0)} bars${interval}`,
    `${data.from.slice(0, 10)} to ${data.to.slice(0, 10)}`,
    ...(given.length === 0 ? [] : [given.join(", ")]),
  ];
  return escapeMarkdown(facts.join(" · "));
}

function headlineTable(result: BacktestResult, moneyDecimals: number): string {
  const textOf = metricTexts(result, [...metrics.values()], moneyDecimals);
  return markdownTable(
    ["Metric", "Value", "Beside it"],
    headlineNumbers.map(({ name, label, beside, besideLabel }) => {
      const small = textOf(beside);
      return [
        label,
        `**${textOf(name).text}**`,
        small.reason === undefined ? `${besideLabel} ${small.text}` : "",
      ];
    }),
  );
}

function yearsTable(time: Float64Array, equity: Float64Array): string {
  const years = monthlyReturns(time, equity);
  if (years.length < 2) return "";
  const known = (months: readonly (number | null)[]): number[] => months.filter((each) => each !== null);
  return markdownTable(
    ["Year", "Return", "Best month", "Worst month"],
    years.map(({ year, months, total }) => [
      String(year),
      formatPercent(total ?? NaN, true),
      formatPercent(Math.max(...known(months)), true),
      formatPercent(Math.min(...known(months)), true),
    ]),
  );
}

const limitsLine = ({ limits }: BacktestResult): string =>
  limits
    .filter(({ fired }) => fired > 0)
    .map(({ measure, action, fired }) => `Limit \`${measure}\` acted ${fired} × (${action}).`)
    .join(" ");

const hashesLine = ({ program, data, settingsHash }: BacktestResult): string =>
  `Program \`${short(program.hash)}\`, data \`${short(data.hash)}\`, settings \`${short(settingsHash)}\``;

/** Enough of a hash to tell two apart by eye. */
const short = (hash: string): string => hash.replace(/^sha256:/, "").slice(0, 12);
