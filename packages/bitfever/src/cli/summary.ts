import type { BacktestResult } from "@bitfever/engine";
import { metrics, type Metric } from "@bitfever/engine";
import { intervalName } from "@bitfever/lang";
import { countOf, paintOf, type Io } from "./io.js";

const shown = [
  "net_profit",
  "total_return",
  "cagr",
  "buy_and_hold_return",
  "max_drawdown",
  "sharpe",
  "sortino",
  "profit_factor",
  "trades",
  "win_rate",
  "expectancy",
  "exposure",
  "commission_paid",
];

/** The result as it is printed for people. */
export function summaryText(io: Io, result: BacktestResult): string {
  const paint = paintOf(io);
  const { program, data, counts, warmup, params, limits, alerts } = result;
  const given = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  const lines = [
    paint.strong(program.name) + paint.faint(given.length === 0 ? "" : `  (${given.join(", ")})`),
    paint.faint(
      `${data.symbol}, ${data.bars} bars of ${intervalName(data.intervalMs)}, ${day(data.from)} to ${day(data.to)}, ` +
        `warm-up ${countOf(warmup, "bar")}`,
    ),
    "",
  ];
  for (const name of shown) {
    const metric = metrics.get(name);
    if (metric === undefined) throw new Error(`summary: no metric ${name}`);
    const value = result.metrics[name];
    const text = value === null ? paint.faint(`–  ${result.metricReasons[name]}`) : metricText(metric, value);
    lines.push(`  ${metric.title.padEnd(28)} ${text}`);
  }
  const notes = [
    [counts.closeFills, "fill", "at the close that decided them, which nobody can have"],
    [counts.ambiguousFills, "fill", `whose order inside the bar its prices do not decide${bandText(result)}`],
    [counts.reducedOrders, "entry", "made smaller to what the account could pay"],
    [counts.rejectedOrders, "entry", "rejected"],
    [counts.absentOrders, "entry", "not placed because a price or size had no value"],
  ] as const;
  const told = notes
    .filter(([count]) => count > 0)
    .map(([count, noun, rest]) => `  ${plural(count, noun)} ${rest}`);
  const acted = limits
    .filter(({ fired }) => fired > 0)
    .map(({ measure, action, fired }) => `  limit ${measure} acted ${plural(fired, "time")} (${action})`);
  const said = alerts.length === 0 ? [] : [`  ${plural(alerts.length, "alert")}`];
  const below = [...[...told, ...acted].map(paint.warning), ...said];
  return [...lines, ...(below.length === 0 ? [] : ["", ...below])].join("\n");
}

/** The net profit along the other paths. */
function bandText({ ambiguity }: BacktestResult): string {
  const profit = metrics.get("net_profit");
  const [worst, best] = [ambiguity?.worst.net_profit ?? null, ambiguity?.best.net_profit ?? null];
  if (profit === undefined || worst === null || best === null) return "";
  return `: net profit ${metricText(profit, worst)} along the worst path, ${metricText(profit, best)} along the best`;
}

const plural = (count: number, noun: string): string =>
  count === 1 ? `1 ${noun}` : `${count} ${noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;

const day = (time: string): string => time.slice(0, 10);

function metricText({ unit }: Metric, value: number): string {
  switch (unit) {
    case "ratio":
      return `${(value * 100).toFixed(2)} %`;
    case "count":
      return String(value);
    case "money":
      return value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    case "number":
      return value.toFixed(2);
    case "days":
    case "bars":
      return `${value.toFixed(1)} ${unit}`;
  }
}
