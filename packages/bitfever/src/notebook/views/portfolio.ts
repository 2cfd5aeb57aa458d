import { metrics } from "@bitfever/engine";
import type { Portfolio } from "../../portfolio/portfolio.js";
import type { SwitchedSystem } from "../../portfolio/result.js";
import { decimalsOfMoney } from "../../report/chart-data.js";
import { formatNumber, formatPercent, formatSigned } from "../../report/format.js";
import { headlineNumbers } from "../../report/headline.js";
import { html } from "../../report/html.js";
import { metricTexts, toneOf } from "../../report/metric-text.js";
import { has } from "../../has.js";
import { portfolioPicture } from "../pictures/account.js";
import { shownTable, tiles, type ShownColumn } from "../table.js";
import { defineView, htmlPart, isOfSchema, svgPart } from "../view.js";

/** Several systems on one account: its numbers beside those of one that is never switched, the account, and each system. */
export const portfolio = defineView({
  name: "a portfolio",
  recognise: (value): value is Portfolio =>
    has(value, "result") && isOfSchema(value.result, "bitfever/portfolio@1") && has(value, "curves"),
  parts: ({ result, curves }) => {
    const decimals = decimalsOfMoney(curves.equity);
    const catalogue = [...metrics.values()];
    const [switched, always] = [result, result.always].map((each) => metricTexts(each, catalogue, decimals));
    const head = html`<h4>${result.systems.map(({ name }) => name).join(" + ")}</h4>
      <p>
        ${formatNumber(result.days.count, 0)} days, ${result.days.from} to ${result.days.to}, on one account
        of ${formatNumber(result.initialCapital, decimals)}
      </p>
      <ul>
        <li>${result.verdict}</li>
      </ul>
      ${tiles(
        headlineNumbers.map(({ name, label }) => ({
          ...{ label, ...switched(name) },
          beside: `${always(name).text} unswitched`,
        })),
      )}`;
    return [
      htmlPart(head),
      svgPart(portfolioPicture(result, curves)),
      htmlPart(systemsTable(result, decimals)),
    ];
  },
});

function systemsTable(
  { systems, trades }: Portfolio["result"],
  decimals: number,
): ReturnType<typeof shownTable> {
  const columns: readonly ShownColumn<SwitchedSystem>[] = [
    { title: "System", cell: ({ name }) => name },
    { title: "Of", cell: ({ data }) => data.symbol },
    { title: "Share", isNumber: true, cell: ({ share }) => formatPercent(share) },
    { title: "Filter", cell: ({ filter }) => filter },
    { title: "On", isNumber: true, cell: ({ onShare }) => formatPercent(onShare) },
    {
      title: "Trades",
      isNumber: true,
      cell: ({ name }) => formatNumber(trades.filter(({ system }) => system === name).length, 0),
    },
    {
      title: "Profit",
      isNumber: true,
      cell: ({ name }) => {
        const sum = trades.reduce((all, { system, profit }) => all + (system === name ? profit : 0), 0);
        return [formatSigned(sum, decimals), toneOf(sum)];
      },
    },
    { title: "At the end", isNumber: true, cell: ({ equity }) => formatNumber(equity, decimals) },
  ];
  return shownTable(
    "Each system: on is the share of its sessions, profit that of its trades",
    systems,
    columns,
  );
}
