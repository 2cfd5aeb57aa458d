import { isoTime, type BacktestResult } from "@bitfever/engine";
import type { Backtest } from "./backtest.js";

/** What every trade has, whoever made it. */
export const commonTradeColumns = [
  "side",
  "entryTime",
  "entryPrice",
  "exitTime",
  "exitPrice",
  "quantity",
  "profit",
  "commission",
  "entryTag",
  "exitReason",
  "exitTag",
] as const;

const tradeColumns = [
  "symbol",
  "ticker",
  ...commonTradeColumns,
  "currency",
  "entryRate",
  "exitRate",
] as const;

const ofCurrencies: readonly string[] = ["currency", "entryRate", "exitRate"];

/** Rows as CSV: a cell is quoted when it has to be, an absent value is an empty cell. */
export function csv(header: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [header.map(cell).join(",")];
  for (const row of rows) lines.push(row.map(cell).join(","));
  return `${lines.join("\n")}\n`;
}

function cell(value: string | number | null): string {
  if (value === null || Number.isNaN(value)) return "";
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Which columns the trades of a result have: only those of a universe say what was traded, only those of several currencies in which,
 * and only where there is another ticker under which.
 */
export function tradeColumnsOf({ trades, data }: BacktestResult): readonly (typeof tradeColumns)[number][] {
  const isForeign = trades.some(({ currency }) => currency !== undefined);
  const hasTickers = trades.some(({ ticker }) => ticker !== undefined);
  return tradeColumns.filter((name) => {
    if (name === "symbol") return data.symbols !== undefined;
    if (name === "ticker") return hasTickers;
    return isForeign || !ofCurrencies.includes(name);
  });
}

/**
 * The trades as CSV, a line each: times in ISO 8601 UTC, prices and money in decimals, an empty cell where there is nothing.
 *
 * @example
 * const { result } = await backtest(strategy, bars);
 * console.log(tradesCsv(result).split("\n")[0]);
 */
export function tradesCsv(result: BacktestResult): string {
  const columns = tradeColumnsOf(result);
  return csv(
    columns,
    result.trades.map((trade) => columns.map((name) => trade[name] ?? null)),
  );
}

/** Every order with its life; only those of a universe say what was traded. */
export function ordersCsv({ orders, result }: Pick<Backtest, "orders" | "result">): string {
  const isOfMany = result.data.symbols !== undefined;
  const columns = [
    ...(isOfMany ? (["symbol"] as const) : []),
    ...([
      "sentTime",
      "id",
      "tag",
      "purpose",
      "side",
      "type",
      "quantity",
      "price",
      "limit",
      "parent",
    ] as const),
    ...(["state", "endTime", "filled", "averagePrice", "reason"] as const),
  ];
  const time = (of: number | null): string | null => (of === null ? null : isoTime(of));
  return csv(
    columns,
    orders.map((order) =>
      columns.map((name) =>
        name === "sentTime" || name === "endTime" ? time(order[name]) : (order[name] ?? null),
      ),
    ),
  );
}

/**
 * The account at the close of each bar; where money came in or went out, also how much before the orders of the bar, and
 * the account as if nothing had.
 *
 * @example
 * console.log(equityCsv(await backtest(strategy, bars)).split("\n")[0]);
 */
export function equityCsv({ curves, bars }: Pick<Backtest, "curves" | "bars">): string {
  const { equity, position, flow, timeWeighted } = curves;
  const columns = [equity, position, flow, timeWeighted].filter((each) => each !== undefined);
  const names = ["time", "equity", "position", "flow", "time_weighted"];
  return csv(
    names.slice(0, columns.length + 1),
    Array.from(bars.time, (time, i) => [isoTime(time), ...columns.map((each) => each[i])]),
  );
}
