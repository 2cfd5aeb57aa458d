import { metrics } from "@bitfever/engine";
import { decimalsOfMoney, drawdown, unitsHeld } from "./chart-data.js";
import { formatCompact, formatTick } from "./format.js";
import { chartHeight, lineChart, type ChartLine, type ChartPane } from "./line-chart.js";
import { metricTexts } from "./metric-text.js";
import { pictureSvg } from "./picture.js";
import type { ReportInput } from "./report.js";

const usualWidth = 600;
const shown = [
  ["total_return", "return"],
  ["max_drawdown", "drawdown"],
  ["sharpe", "Sharpe"],
  ["trades", "trades"],
] as const;

/** Account and drawdown of a run as one SVG picture, for notebooks and comments: 600 pixels wide where not said, light and dark. */
export function renderSvg(
  { result, bars, curves }: Pick<ReportInput, "result" | "bars" | "curves">,
  width = usualWidth,
): string {
  const { time, close, intervalMs, length } = bars;
  const held = unitsHeld(result, curves.equity, close);
  const { currency } = result.settings;
  const name = typeof currency === "string" ? `Account, ${currency}` : "Account";
  const equity: ChartLine = { name, kind: "equity", time, values: curves.equity };
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
  const textOf = metricTexts(result, [...metrics.values()], decimalsOfMoney(curves.equity));
  const numbers = shown.map(([name, label]) => `${label} ${textOf(name).text}`).join("  ·  ");
  const title = `${result.program.name} · ${result.data.symbol}`;
  return pictureSvg({
    ...{ title, lines: [numbers], width, height: chartHeight(panes) },
    inside: lineChart({ title, width, from: time[0], to: time[length - 1] + intervalMs, panes }),
  });
}
