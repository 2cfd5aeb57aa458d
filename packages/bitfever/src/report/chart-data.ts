import type { BacktestCurves, BacktestResult, Bars, ReportedTrade } from "@bitfever/engine";
import {
  firstOf,
  groupSize,
  grouped,
  highestOf,
  lastKnownOf,
  lastOf,
  lowestOf,
  pickOf,
  sumOf,
} from "./candles.js";
import { packColumn } from "./column.js";
import { sensibleDecimals, timePrecision } from "./format.js";
import type { PageAlerts, PageData, PageSeries, PageTrades } from "./page-data.js";
import { placeSeries } from "./series-panes.js";
import { tradeReturn } from "./trade-returns.js";

/** Values of series a page may carry: six megabytes or so. What does not fit is named, not drawn. */
const mostSeriesValues = 2_500_000;

/** Alerts a page may carry: a megabyte or so. */
const mostAlerts = 10_000;

export interface ChartData {
  readonly data: PageData;
  /** Names of series that would make the page too large. */
  readonly leftOut: readonly string[];
}

/** What the page draws, packed. */
export function chartData(result: BacktestResult, bars: Bars, curves: BacktestCurves): ChartData {
  const group = groupSize(bars.length);
  const prices = [bars.open, bars.high, bars.low, bars.close];
  const priceDecimals = sensibleDecimals(prices, 6, 2);
  const moneyDecimals = decimalsOfMoney(curves.equity);
  const volumeDecimals = sensibleDecimals([bars.volume], 4, 0);
  const price = (column: Float64Array, pick: typeof firstOf): ReturnType<typeof packColumn> =>
    packColumn(grouped(column, group, pick), priceDecimals);
  const money = (column: Float64Array, pick: typeof firstOf): ReturnType<typeof packColumn> =>
    packColumn(grouped(column, group, pick), moneyDecimals);
  const { series, leftOut } = pageSeries(curves, bars, group, priceDecimals);
  const { stop } = curves;
  const isProtected = stop?.some((price) => !Number.isNaN(price)) ?? false;

  const data: PageData = {
    title: result.program.name,
    fileName: safeFileName(`${result.data.symbol} ${result.program.name}`),
    precision: timePrecision(bars.intervalMs, bars.time[0] ?? 0),
    group,
    priceDecimals,
    moneyDecimals,
    time: packColumn(grouped(bars.time, group, firstOf), 0),
    open: price(bars.open, firstOf),
    high: price(bars.high, highestOf),
    low: price(bars.low, lowestOf),
    close: price(bars.close, lastOf),
    volume: bars.volume.some((value) => value > 0)
      ? packColumn(grouped(bars.volume, group, sumOf), volumeDecimals)
      : null,
    volumeDecimals,
    // As for what lies between ticks: one decimal more than the prices.
    stop:
      stop !== null && isProtected
        ? packColumn(grouped(stop, group, lastKnownOf), Math.min(8, priceDecimals + 1))
        : null,
    equity: money(curves.equity, lastOf),
    equityLow: group === 1 ? null : money(curves.equity, lowestOf),
    equityHigh: group === 1 ? null : money(curves.equity, highestOf),
    held: unitsHeld(result, curves.equity, bars.close),
    drawdown: packColumn(grouped(drawdown(curves.timeWeighted ?? curves.equity), group, lowestOf), 5),
    series,
    trades: pageTrades(result.trades, bars.length, group),
    alerts: pageAlerts(result.alerts),
  };
  return { data, leftOut };
}

function pageSeries(
  curves: BacktestCurves,
  bars: Bars,
  group: number,
  priceDecimals: number,
): { series: readonly PageSeries[]; leftOut: readonly string[] } {
  const most = Math.max(1, Math.floor((mostSeriesValues * group) / Math.max(1, bars.length)));
  const wanted = inOrderOfInterest(curves.series);
  const kept = wanted.slice(0, most);
  const places = placeSeries(kept, bars.close);
  const series = kept.map(({ name, unit, values, plot }, i) => {
    const { pane, shown } = places[i];
    const isCondition = unit === "bool";
    // A mean of prices lies between ticks: one decimal more than the prices.
    const decimals =
      pane === 0 && !isCondition ? Math.min(8, priceDecimals + 1) : sensibleDecimals([values], 4, 0);
    const packed = packColumn(grouped(values, group, pickOf(plot !== undefined, isCondition)), decimals);
    return { name, isCondition, look: plot ?? null, pane, shown, decimals, values: packed };
  });
  return { series, leftOut: wanted.slice(most).map(({ name }) => name) };
}

/** What the program plots, then its `let`s but those that are plotted under their own name. */
function inOrderOfInterest(series: BacktestCurves["series"]): BacktestCurves["series"] {
  const plots = series.filter(({ plot }) => plot !== undefined);
  const isPlotted = (of: BacktestCurves["series"][number]): boolean =>
    plots.some(
      ({ name, values }) => name === of.name && values.every((value, i) => Object.is(value, of.values[i])),
    );
  return [...plots, ...series.filter((each) => each.plot === undefined && !isPlotted(each))];
}

const pageAlerts = (alerts: BacktestResult["alerts"]): PageAlerts => {
  const carried = alerts.slice(0, mostAlerts);
  return {
    count: alerts.length,
    time: carried.map(({ time }) => Date.parse(time)),
    text: carried.map(({ text }) => text),
  };
};

/** The trades of a page, of bars in groups. */
export function pageTrades(trades: readonly ReportedTrade[], bars: number, group: number): PageTrades {
  const texts = new Map<string, number>([["", 0]]);
  const place = (text: string | null): number => {
    const known = texts.get(text ?? "");
    if (known !== undefined) return known;
    texts.set(text ?? "", texts.size);
    return texts.size - 1;
  };
  const time = (iso: string): number => Date.parse(iso);
  return {
    symbol: trades.map(({ symbol = "" }) => place(symbol)),
    long: trades.map(({ side }) => side === "long"),
    entryCandle: trades.map(({ entryBar }) => Math.floor(entryBar / group)),
    exitCandle: trades.map(({ exitBar }) => (exitBar === null ? null : Math.floor(exitBar / group))),
    entryTime: trades.map(({ entryTime }) => time(entryTime)),
    exitTime: trades.map(({ exitTime }) => (exitTime === null ? null : time(exitTime))),
    entryPrice: trades.map(({ entryPrice }) => entryPrice),
    exitPrice: trades.map(({ exitPrice }) => exitPrice),
    entryTag: trades.map(({ entryTag }) => place(entryTag)),
    exitTag: trades.map(({ exitTag }) => place(exitTag)),
    exitReason: trades.map(({ exitReason }) => place(exitReason)),
    quantity: trades.map(({ quantity }) => quantity),
    profit: trades.map(({ profit }) => profit),
    commission: trades.map(({ commission }) => commission),
    return: trades.map(tradeReturn),
    bars: trades.map(({ entryBar, exitBar }) => (exitBar ?? bars - 1) - entryBar),
    texts: [...texts.keys()], // last: the lines above fill it
  };
}

/** Equity ÷ its highest value so far − 1, so that 0 is a new high. */
export function drawdown(equity: Float64Array): Float64Array {
  let peak = -Infinity;
  return equity.map((value) => {
    peak = Math.max(peak, value);
    return peak > 0 ? value / peak - 1 : 0;
  });
}

/**
 * What the account could have bought at the first close, without costs; null where that is not positive, and where splits
 * move the prices of what would have been held.
 */
export function unitsHeld(
  { data }: BacktestResult,
  equity: Float64Array,
  close: Float64Array,
): number | null {
  const { adjustment, symbols } = data;
  const jumps = symbols === undefined && adjustment?.view === "none" && adjustment.splits > 0;
  return close[0] > 0 && !jumps ? equity[0] / close[0] : null;
}

/** Cents, and more for accounts counted in small numbers of something dear. */
export function decimalsOfMoney(equity: Float64Array): number {
  let largest = 0;
  for (const value of equity) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest >= 100 || largest === 0 ? 2 : Math.min(8, 4 - Math.floor(Math.log10(largest)));
}

export const safeFileName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80) || "backtest";
