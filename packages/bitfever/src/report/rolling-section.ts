import {
  isUnknown,
  rollingFigures,
  type Bars,
  type BacktestCurves,
  type RollingFigure,
} from "@bitfever/engine";
import { formatNumber, formatPercent } from "./format.js";
import { html, type Markup } from "./html.js";
import { lineChart } from "./line-chart.js";
import { withTip } from "./metric-text.js";

/** The rolling figures, each as a small chart. */
export function rollingSection(rolling: BacktestCurves["rolling"], bars: Bars): Markup {
  return html`<section id="rolling" aria-labelledby="rolling-title" class="card">
    <h2 id="rolling-title">Rolling figures</h2>
    ${
      isUnknown(rolling)
        ? html`<p class="empty">None: ${rolling.reason}.</p>`
        : html`<div class="small-charts">
              ${rollingFigures.map((figure) => chart(figure, rolling.values[figure.name], rolling.bars, bars))}
            </div>
            <p class="small">
              At the end of each session, of the ${formatNumber(rolling.window, 0)} sessions up to it.
            </p>`
    }
  </section>`;
}

function chart(
  { name, title, unit, formula, source }: RollingFigure,
  values: readonly number[],
  ends: readonly number[],
  { time, intervalMs, length }: Bars,
): Markup {
  const text = (value: number, decimals: number): string =>
    unit === "ratio"
      ? `${formatNumber(value * 100, Math.max(0, decimals - 2))}%`
      : formatNumber(value, decimals);
  const last = values[values.length - 1];
  const said = unit === "ratio" ? formatPercent(last) : formatNumber(last, 2);
  return html`<figure>
    <figcaption>
      ${withTip(`rolling-${name}`, title, `${formula}\nSource: ${source}`)} <span class="last">${said}</span>
    </figcaption>
    ${lineChart({
      title: `Rolling ${title.toLowerCase()}, ${said} at the end`,
      width: 320,
      from: time[0],
      to: time[length - 1] + intervalMs,
      panes: [
        {
          height: 130,
          text,
          lines: [{ name: "", kind: "equity", time: ends.map((bar) => time[bar]), values }],
        },
      ],
    })}
  </figure>`;
}
