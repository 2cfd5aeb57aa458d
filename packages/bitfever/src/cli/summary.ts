import type { BacktestResult } from "@bitfever/engine";
import { metrics } from "@bitfever/engine";
import { intervalName } from "@bitfever/lang";
import { carriesOf, paymentsOf, transfersOf, unpaid } from "../cash-flows.js";
import { adjustmentText } from "../adjustment-text.js";
import { currencyText } from "../instrument-text.js";
import { metricText } from "../metric-text.js";
import { resamplingRows } from "../resampling-rows.js";
import { countOf, paintOf, type Io } from "./io.js";

/** What is told of a run where there is no room for all of it. */
export const summaryMetrics = [
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
  const money = currencyText(result);
  const given = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  const lines = [
    paint.strong(program.name) + paint.faint(given.length === 0 ? "" : `  (${given.join(", ")})`),
    paint.faint(
      `${data.symbol}, ${data.bars} bars of ${intervalName(data.intervalMs)}, ${day(data.from)} to ${day(data.to)}, ` +
        `warm-up ${countOf(warmup, "bar")}`,
    ),
    ...(data.adjustment === undefined ? [] : [paint.faint(adjustmentText(data.adjustment))]),
    ...(data.magnifiedBars === undefined
      ? []
      : [paint.faint(`orders met along finer bars in ${data.magnifiedBars} of ${data.bars}`)]),
    ...(money === null ? [] : [paint.faint(money)]),
    "",
  ];
  // Of a single trial it is the probabilistic Sharpe ratio, which is not among these.
  const hasTransfers = transfersOf(result).length > 0;
  const names = summaryMetrics.flatMap((name) => {
    if (name === "sharpe" && result.trials > 1) return [name, "deflated_sharpe"];
    return name === "cagr" && hasTransfers ? [name, "money_weighted_return"] : [name];
  });
  for (const name of names) {
    const metric = metrics.get(name);
    if (metric === undefined) throw new Error(`summary: no metric ${name}`);
    const value = result.metrics[name];
    const text = value === null ? paint.faint(`–  ${result.metricReasons[name]}`) : metricText(metric, value);
    lines.push(`  ${metric.title.padEnd(28)} ${text}`);
  }
  lines.push(...carryLines(result), ...paymentLines(result), ...transferLines(result));
  lines.push(...resamplingLines(result).map((line, i) => (i === 1 ? paint.faint(line) : line)));
  const short = unpaid(result);
  const notes = [
    [counts.closeFills, "fill", "at the close that decided them, which nobody can have"],
    [counts.ambiguousFills, "fill", `whose order inside the bar its prices do not decide${bandText(result)}`],
    [counts.reducedOrders, "entry", "made smaller to what the account could pay"],
    [counts.rejectedOrders, "entry", "rejected"],
    [short.count, "withdrawal", `got ${metricText({ unit: "money" }, short.amount)} less than asked for`],
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

/** What holding has cost, where it cost anything. */
function carryLines(result: BacktestResult): string[] {
  const charges = carriesOf(result);
  if (charges.length === 0) return [];
  const cost = charges.reduce((sum, { amount }) => sum - amount, 0);
  const count = charges.reduce((sum, each) => sum + each.count, 0);
  return [
    `  ${"Cost of holding".padEnd(28)} ${metricText({ unit: "money" }, cost)}, ${plural(count, "charge")}`,
  ];
}

/** What shares paid to who held them, where they paid anything. */
const paymentLines = (result: BacktestResult): string[] =>
  paymentsOf(result).map(
    ({ reason, amount, count }) =>
      `  ${(reason === "dividend" ? "Dividends" : "Fractions of splits").padEnd(28)} ${metricText({ unit: "money" }, amount)}, ${plural(count, "payment")}`,
  );

/** What was put in and taken out, where anything was. */
const transferLines = (result: BacktestResult): string[] =>
  transfersOf(result).map(({ reason, amount, count }) => {
    const title = reason === "deposit" ? "Deposits" : "Withdrawals";
    return `  ${title.padEnd(28)} ${metricText({ unit: "money" }, Math.abs(amount))}, ${plural(count, reason)}`;
  });

/** What else the sessions and the trades could have come to. */
function resamplingLines({ resampling }: BacktestResult): string[] {
  if (resampling === null) return [];
  const row = (title: string, cells: readonly string[]): string =>
    `  ${title.padEnd(28)} ${cells.map((each) => each.padStart(11)).join("")}`;
  const head = row(`Drawn anew, ${resampling.runs} times`, ["2.5 %", "50 %", "97.5 %"]);
  return ["", head, ...resamplingRows(resampling).map(({ title, cells }) => row(title, cells))];
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
