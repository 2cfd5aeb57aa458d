import type { ReportedTrade } from "@bitfever/engine";
import { absent, formatNumber, formatPercent, formatSigned } from "./format.js";
import { histogramFigure } from "./histogram.js";
import { html, nothing, type Markup } from "./html.js";
import { toneOf } from "./metric-text.js";
import { isClosed, tradeReturn } from "./trade-returns.js";

/** How the trades' returns are spread, and which of them earned what. */
export function distributionSection(trades: readonly ReportedTrade[], moneyDecimals: number): Markup {
  const closed = trades.filter(isClosed);
  return html`<section id="distribution" aria-labelledby="distribution-title" class="card">
    <h2 id="distribution-title">Trade returns</h2>
    <div class="two">
      ${histogramFigure(closed.map(tradeReturn).filter(Number.isFinite))}
      ${closed.length === 0 ? nothing : breakdown(closed, moneyDecimals)}
    </div>
    <p class="small">Net profit ÷ (entry price × quantity) of closed trades.</p>
  </section>`;
}

function breakdown(closed: readonly ReportedTrade[], moneyDecimals: number): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Closed trades by kind">
    <table class="breakdown">
      <caption class="hidden">
        Closed trades by side, by reason of exit and by tag of entry
      </caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col" class="number">Trades</th>
          <th scope="col" class="number">Won</th>
          <th scope="col" class="number">Mean</th>
          <th scope="col" class="number">Profit</th>
        </tr>
      </thead>
      ${group("Side", closed, ({ side }) => side, moneyDecimals)}
      ${group("Exit", closed, ({ exitReason }) => exitReason ?? absent, moneyDecimals)}
      ${group("Entry", closed, ({ entryTag }) => entryTag || "untagged", moneyDecimals)}
    </table>
  </div>`;
}

const mostKinds = 8;

function group(
  title: string,
  trades: readonly ReportedTrade[],
  kindOf: (trade: ReportedTrade) => string,
  moneyDecimals: number,
): Markup {
  const kinds = new Map<string, ReportedTrade[]>();
  for (const trade of trades) {
    const kind = kindOf(trade);
    const same = kinds.get(kind);
    if (same === undefined) kinds.set(kind, [trade]);
    else same.push(trade);
  }
  const largest = [...kinds].sort(([, a], [, b]) => b.length - a.length).slice(0, mostKinds);
  const row = ([kind, same]: [string, ReportedTrade[]]): Markup => {
    const won = same.filter(({ profit }) => profit > 0).length / same.length;
    const mean = same.reduce((sum, trade) => sum + tradeReturn(trade), 0) / same.length;
    const profit = same.reduce((sum, trade) => sum + trade.profit, 0);
    return html`<tr>
      <th scope="row"><bdi>${kind}</bdi></th>
      <td class="number">${formatNumber(same.length, 0)}</td>
      <td class="number">${formatNumber(won * 100, 0)}%</td>
      <td class="number ${toneOf(mean)}">${formatPercent(mean, true)}</td>
      <td class="number ${toneOf(profit)}">${formatSigned(profit, moneyDecimals)}</td>
    </tr>`;
  };
  return html`<tbody>
    <tr class="kind">
      <th scope="rowgroup" colspan="5">${title}</th>
    </tr>
    ${largest.map(row)}
  </tbody>`;
}
