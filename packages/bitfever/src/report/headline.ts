import type { Metric } from "@bitfever/engine";
import { html, nothing, type Markup } from "./html.js";
import { withTip, type MetricTexts } from "./metric-text.js";

/** The numbers a reader looks for first, each with a smaller one beside it. */
export const headlineNumbers = [
  { name: "total_return", label: "Total return", beside: "net_profit", besideLabel: "net" },
  { name: "cagr", label: "CAGR", beside: "buy_and_hold_return", besideLabel: "hold" },
  { name: "max_drawdown", label: "Max drawdown", beside: "max_drawdown_duration", besideLabel: "longest" },
  { name: "sharpe", label: "Sharpe", beside: "sortino", besideLabel: "Sortino" },
  { name: "profit_factor", label: "Profit factor", beside: "expectancy", besideLabel: "a trade" },
  { name: "win_rate", label: "Win rate", beside: "payoff_ratio", besideLabel: "payoff" },
  { name: "trades", label: "Trades", beside: "average_bars_held", besideLabel: "bars held" },
  { name: "exposure", label: "Exposure", beside: "turnover", besideLabel: "turnover" },
] as const;

/** The tiles at the top of the page. */
export function headline(textOf: MetricTexts, metrics: readonly Metric[]): Markup {
  const formulas = new Map(metrics.map(({ name, formula }) => [name, formula]));
  const tile = ({ name, label, beside, besideLabel }: (typeof headlineNumbers)[number]): Markup => {
    const { text, tone, reason } = textOf(name);
    const small = textOf(beside);
    return html`<div class="tile">
      <dt>${withTip(`tile-${name}`, label, reason ?? formulas.get(name) ?? name)}</dt>
      <dd class="${tone}">${text}</dd>
      ${small.reason === undefined ? html`<dd class="beside">${besideLabel} ${small.text}</dd>` : nothing}
    </div>`;
  };
  return html`<section aria-label="Headline numbers" class="headline">
    <dl class="tiles">${headlineNumbers.map(tile)}</dl>
  </section>`;
}
