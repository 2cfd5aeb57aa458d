import { isUnknown, type Regime, type RegimeFigures, type BacktestResult } from "@bitfever/engine";
import { formatNumber, formatPercent } from "./format.js";
import { html, type Markup } from "./html.js";
import { toneOf } from "./metric-text.js";

const volatilities = [
  ["low", "Low volatility"],
  ["mid", "Middle"],
  ["high", "High volatility"],
] as const;
const directions = [
  ["up", "Up"],
  ["sideways", "Sideways"],
  ["down", "Down"],
] as const;

/** How the run did in markets of different kinds: direction × volatility. */
export function regimesSection(regimes: BacktestResult["regimes"]): Markup {
  return html`<section id="regimes" aria-labelledby="regimes-title" class="card">
    <h2 id="regimes-title">Markets it met</h2>
    ${isUnknown(regimes) ? html`<p class="empty">Not told: ${regimes.reason}.</p>` : grid(regimes.grid, regimes.untold)}
  </section>`;
}

function grid(regimes: readonly Regime[], untold: RegimeFigures): Markup {
  const strongest = Math.max(0.001, ...regimes.map((each) => Math.abs(each.total_return)));
  const at = (direction: string, volatility: string): Markup => {
    const found = regimes.find((each) => each.direction === direction && each.volatility === volatility);
    return found === undefined ? html`<td></td>` : cell(found, strongest);
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="regimes-title">
      <table class="regimes">
        <caption class="hidden">
          Return, market return, share of sessions and trades by direction and volatility of the market
        </caption>
        <thead>
          <tr>
            <th scope="col">Market</th>
            ${volatilities.map(([, label]) => html`<th scope="col">${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${directions.map(
            ([direction, label]) =>
              html`<tr>
                <th scope="row">${label}</th>
                ${volatilities.map(([volatility]) => at(direction, volatility))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="small">
      Each session counts where the sessions before it put it, so nothing looks ahead. Direction: the mean of
      the market’s last 63 session returns is beyond its standard error, or not. Volatility: the deviation of
      the last 21 is in the lowest, the middle or the highest third of those seen so far. Trades count where
      they were entered.
      ${
        untold.sessions === 0
          ? ""
          : `Before there was enough to tell: ${formatNumber(untold.sessions, 0)} sessions, ${trades(untold.trades)}, ${formatPercent(untold.total_return, true)}.`
      }
    </p>`;
}

function cell({ sessions, share, total_return, market_return, ...rest }: Regime, strongest: number): Markup {
  if (sessions === 0) return html`<td><span class="none">never</span></td>`;
  const heat = Math.min(1, Math.abs(total_return) / strongest).toFixed(2);
  return html`<td class="heat ${toneOf(total_return)}" style="--heat:${heat}">
    <b>${formatPercent(total_return, true)}</b>
    <span>market ${formatPercent(market_return, true)}</span>
    <span>${formatNumber(share * 100, 1)}% of time, ${trades(rest.trades)}</span>
  </td>`;
}

const trades = (count: number): string => `${formatNumber(count, 0)} ${count === 1 ? "trade" : "trades"}`;
