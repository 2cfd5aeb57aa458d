import { metrics } from "@bitfever/engine";
import { decimalsOfMoney, drawdown, unitsHeld } from "./chart-data.js";
import { formatCompact, formatTick } from "./format.js";
import { html, trusted } from "./html.js";
import { chartHeight, lineChart, type ChartLine, type ChartPane } from "./line-chart.js";
import { metricTexts } from "./metric-text.js";
import type { ReportInput } from "./report.js";
import { pictureStyle } from "./svg-style.js";

const width = 600;
const headHeight = 40;
const shown = [
  ["total_return", "return"],
  ["max_drawdown", "drawdown"],
  ["sharpe", "Sharpe"],
  ["trades", "trades"],
] as const;

/** Account and drawdown of a run as one SVG picture, for notebooks and comments: 600 pixels wide, light and dark. */
export function renderSvg({ result, bars, curves }: Pick<ReportInput, "result" | "bars" | "curves">): string {
  const { time, close, intervalMs, length } = bars;
  const held = unitsHeld(result, curves.equity, close);
  const equity: ChartLine = { name: "Account", kind: "equity", time, values: curves.equity };
  const hold: readonly ChartLine[] =
    held === null
      ? []
      : [{ name: "Buy and hold", kind: "hold", time, values: close.map((price) => held * price) }];
  const panes: readonly ChartPane[] = [
    { height: 210, text: (value) => formatCompact(value), lines: [equity, ...hold] },
    {
      height: 100,
      text: formatTick,
      lines: [
        {
          name: "Below the peak",
          kind: "loss",
          time,
          values: drawdown(curves.timeWeighted ?? curves.equity),
          isArea: true,
        },
      ],
    },
  ];
  const height = headHeight + chartHeight(panes);
  const textOf = metricTexts(result, [...metrics.values()], decimalsOfMoney(curves.equity));
  const numbers = shown.map(([name, label]) => `${label} ${textOf(name).text}`).join("  ·  ");
  const title = `${result.program.name} · ${result.data.symbol}`;
  return `${
    html`<svg
      xmlns="http://www.w3.org/2000/svg"
      width="${width}"
      height="${height}"
      viewBox="-12 -4 ${width + 16} ${height + 8}"
      font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
      font-size="11"
      role="img"
      aria-label="${title}: ${numbers}"
    >
      <style>
        ${trusted(pictureStyle)}
      </style>
      <rect class="ground" x="-12" y="-4" width="100%" height="100%" />
      <text class="title" x="4" y="15">${cut(title)}</text>
      <text x="4" y="31">${numbers}</text>
      <g transform="translate(0 ${headHeight})">
        ${lineChart({ title, width, from: time[0], to: time[length - 1] + intervalMs, panes })}
      </g>
    </svg>`.markup
  }\n`;
}

/** As much as the picture has room for. */
const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
