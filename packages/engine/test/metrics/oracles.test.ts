import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { barsOf, type Bars, sliceBars } from "../../src/bars.js";
import { curveOf } from "../../src/curve.js";
import { onlyTrial, type MetricContext } from "../../src/metric.js";
import { metrics } from "../../src/metrics/index.js";
import { recordOf } from "../../src/performance-record.js";
import { tradeColumns } from "../../src/trade-columns.js";
import type { Trade } from "../../src/trade.js";
import { barsAt, day } from "./build.js";

// Statistics that three other engines reported for their own runs, against ours over the same equity and trades.
// Where a definition differs, theirs is rebuilt from our metrics, and the comment says how.
const oracles = new URL("../../../../../shared/oracles/", import.meta.url);
const absent = !existsSync(oracles);
if (absent)
  console.info("skipped: metrics against other engines, as ../shared/oracles is not beside the repository");

const unpack = (path: string): string => gunzipSync(readFileSync(new URL(path, oracles))).toString();
const filesIn = (folder: string, pattern: RegExp): readonly string[] =>
  absent
    ? []
    : readdirSync(new URL(folder, oracles))
        .filter((name) => pattern.test(name))
        .sort();

function near(actual: number, expected: number, what: string): void {
  const allowed = 1e-9 * Math.abs(expected) + 1e-12;
  expect(Math.abs(actual - expected), `${what}: ${actual}, theirs ${expected}`).toBeLessThanOrEqual(allowed);
}

const valueOf = (context: MetricContext, name: string): number => {
  const value = metrics.get(name)?.compute(context);
  if (typeof value === "number") return value;
  throw new Error(`${name}: ${value?.reason ?? "no such metric"}`);
};

const known = new Map<string, Bars>();
function barsOfDataset(dataset: string): Bars {
  const seen = known.get(dataset);
  if (seen !== undefined) return seen;
  const rows = unpack(`bars/${dataset}.csv.gz`)
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]);
  const bars = barsOf(dataset, {
    ...{
      time: column(0),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
    },
  });
  known.set(dataset, bars);
  return bars;
}

interface TheirTrade {
  readonly entry_bar: number;
  readonly exit_bar?: number;
  readonly size: number;
  readonly entry_price: number;
  readonly exit_price?: number;
  readonly pnl_net?: number;
  readonly commission: number;
}

function tradeFrom(theirs: TheirTrade, bars: Bars): Trade {
  const exitBar = theirs.exit_bar ?? null;
  return {
    side: theirs.size > 0 ? "long" : "short",
    entryBar: theirs.entry_bar,
    entryTime: bars.time[theirs.entry_bar],
    entryPrice: theirs.entry_price,
    entryValue: theirs.entry_price * Math.abs(theirs.size),
    entryTag: "",
    exitBar,
    exitTime: exitBar === null ? null : bars.time[exitBar],
    exitPrice: theirs.exit_price ?? null,
    exitValue: theirs.exit_price === undefined ? null : theirs.exit_price * Math.abs(theirs.size),
    exitReason: exitBar === null ? null : "signal",
    exitTag: exitBar === null ? null : "",
    quantity: Math.abs(theirs.size),
    profit: theirs.pnl_net ?? 0,
    commission: theirs.commission,
  };
}

function positionOf(trades: readonly Trade[], bars: number): Float64Array {
  const position = new Float64Array(bars);
  for (const { side, entryBar, exitBar, quantity } of trades)
    position.fill(side === "long" ? quantity : -quantity, entryBar, exitBar ?? bars);
  return position;
}

function contextFrom(
  bars: Bars,
  equity: readonly number[],
  trades: readonly Trade[],
  cash: number,
): MetricContext {
  const position = positionOf(trades, bars.length);
  const ends = [...bars.time.keys()].filter(
    (i) => i === bars.length - 1 || Math.floor(bars.time[i + 1] / day) > Math.floor(bars.time[i] / day),
  );
  const lastOfDay = (values: ArrayLike<number>): number[] => ends.map((i) => values[i]);
  return {
    ...recordOf({ equity: Float64Array.from(equity), position, trades }),
    ...{ bars, initialCapital: cash, sessionsPerYear: 252, trials: onlyTrial },
    ...{ benchmark: bars, timeWeighted: curveOf(Float64Array.from(equity)), externalFlows: [] },
    sessionEnds: Int32Array.from(ends),
    sessionEquity: Float64Array.from([cash, ...lastOfDay(equity)]),
    sessionClose: Float64Array.from([bars.open[0], ...lastOfDay(bars.close)]),
  };
}

/** "292 days 01:00:00", in days. */
function daysOf(duration: string): number {
  const [, days, hours, minutes, seconds] = /^(\d+) days (\d+):(\d+):([\d.]+)$/.exec(duration) ?? [];
  return Number(days) + Number(hours) / 24 + Number(minutes) / 1440 + Number(seconds) / 86_400;
}

/** Calendar years of our `cagr`, to carry its growth over to another engine's year. */
const yearsOf = ({ bars }: MetricContext): number =>
  (bars.time[bars.length - 1] + bars.intervalMs - bars.time[0]) / (365.25 * day);
const growthOf = (context: MetricContext): number => (1 + valueOf(context, "cagr")) ** yearsOf(context);

describe.skipIf(absent)("backtesting.py", () => {
  interface Run {
    readonly dataset: string;
    readonly cash: number;
    readonly trades: readonly TheirTrade[];
    readonly stats: Readonly<Record<string, number>> &
      Readonly<Record<"Max. Drawdown Duration" | "Avg. Drawdown Duration" | "Duration", string>>;
    readonly equity: readonly number[];
    readonly first_bar: number;
  }
  const files = filesIn("trades/", /backtesting_py.*\.json\.gz$/);
  test("48 runs", () => expect(files).toHaveLength(48));

  test.each(files)("%s", (file) => {
    const run: Run = JSON.parse(unpack(`trades/${file}`));
    const bars = barsOfDataset(run.dataset);
    const trades = run.trades.map((trade) => tradeFrom(trade, bars));
    const context = contextFrom(bars, run.equity, trades, run.cash);
    const ours = (name: string): number => valueOf(context, name);
    const theirs = (name: string): number => run.stats[name];
    const percent = (name: string): number => theirs(`${name} [%]`) / 100;

    near(run.cash + ours("net_profit"), theirs("Equity Final [$]"), "final equity");
    near(ours("total_return"), percent("Return"), "return");
    near(ours("commission_paid"), theirs("Commissions [$]"), "commissions");
    near(ours("max_drawdown"), -percent("Max. Drawdown"), "maximum drawdown, there negative");
    near(ours("average_drawdown"), -percent("Avg. Drawdown"), "average drawdown, there negative");
    near(ours("max_drawdown_duration"), daysOf(run.stats["Max. Drawdown Duration"]), "longest drawdown");
    expect(ours("trades")).toBe(theirs("# Trades"));
    near(ours("win_rate"), percent("Win Rate"), "win rate");
    near(ours("best_trade"), percent("Best Trade"), "best trade");
    near(ours("worst_trade"), percent("Worst Trade"), "worst trade");
    near(ours("average_trade_return"), percent("Expectancy"), "their expectancy is a mean of returns");
    near(ours("sqn"), theirs("SQN"), "sqn");

    const kelly = ours("win_rate") - (1 - ours("win_rate")) / ours("payoff_ratio");
    near(kelly, theirs("Kelly Criterion"), "Kelly's fraction, of our win rate and payoff ratio");
    if (trades.length >= 30) near(ours("kelly"), theirs("Kelly Criterion"), "Kelly's fraction");

    // Theirs is rounded up to whole bars.
    const barDays = (bars.time[1] - bars.time[0]) / day;
    const fall = ours("average_drawdown_duration");
    const rounded = daysOf(run.stats["Avg. Drawdown Duration"]);
    expect(rounded - fall).toBeGreaterThanOrEqual(-1e-9);
    expect(rounded - fall).toBeLessThanOrEqual(barDays + 1e-9);

    // Their beta is of logarithms of bars, from the first bar's close on; ours of simple returns, so it gets logarithms.
    const logarithms = (values: ArrayLike<number>): Float64Array =>
      Array.from(values)
        .slice(1)
        .reduce(
          (made, value, i) => made.fill(made[i] * (1 + Math.log(value / values[i])), i + 1, i + 2),
          new Float64Array(values.length).fill(1, 0, 1),
        );
    const ofBars: MetricContext = {
      ...context,
      sessionEquity: logarithms(run.equity),
      sessionClose: logarithms(bars.close),
    };
    near(valueOf(ofBars, "beta"), theirs("Beta"), "beta");

    // Their profit factor adds returns, not money: ours of trades of the same size each.
    const sameSize = trades.map((trade) => ({
      ...trade,
      profit: trade.profit / (trade.entryPrice * trade.quantity),
    }));
    near(
      valueOf({ ...context, trades: tradeColumns(sameSize) }, "profit_factor"),
      theirs("Profit Factor"),
      "profit factor",
    );

    // They count the bar of the exit too, unless another trade covers it; ours are the bars that close in a position.
    const position = positionOf(trades, bars.length);
    const exitsToFlat = new Set(
      trades.map(({ exitBar }) => exitBar ?? -1).filter((bar) => position[bar] === 0),
    );
    near(ours("exposure") + exitsToFlat.size / bars.length, percent("Exposure Time"), "exposure");

    // Their buying begins at the close of the bar on which the strategy's indicators are all there.
    const afterWarmup = { ...context, benchmark: sliceBars(bars, run.first_bar, bars.length) };
    near(valueOf(afterWarmup, "buy_and_hold_return"), percent("Buy & Hold Return"), "buy and hold");

    // Their time ends with the open of the last bar, ours with its close.
    const theirYears = (bars.time[bars.length - 1] - bars.time[0]) / (365.25 * day);
    near(growthOf(context) ** (1 / theirYears) - 1, percent("CAGR"), "cagr");

    // Their yearly figures begin with the end of the first session, as if the capital were paid in then. The return is
    // the geometric mean of a session, compounded; the volatility that of a product of such returns.
    const sessions = context.sessionEquity.subarray(1);
    const year = context.sessionsPerYear;
    const later: MetricContext = { ...context, sessionEquity: sessions };
    const geometric = 1 + valueOf(context, "total_return");
    const perSession = geometric ** (1 / (sessions.length - 1));
    const yearly = perSession ** year - 1;
    const variance = valueOf(later, "volatility") ** 2 / year;
    const volatility = Math.sqrt((variance + perSession ** 2) ** year - perSession ** (2 * year));
    near(yearly, percent("Return (Ann.)"), "yearly return");
    near(yearly / ours("max_drawdown"), theirs("Calmar Ratio"), "calmar of that return");
    // The difference of two numbers near 1 leaves them some 1e-11 of it.
    expect(Math.abs(volatility / percent("Volatility (Ann.)") - 1)).toBeLessThan(1e-9);
    expect(Math.abs(yearly / volatility / theirs("Sharpe Ratio") - 1)).toBeLessThan(1e-9);

    // Sortino: that return over our downside deviation, which is mean × √year ÷ sortino, where mean = sharpe × volatility ÷ year.
    const meanOfYear = valueOf(later, "sharpe") * valueOf(later, "volatility");
    near(yearly / (meanOfYear / valueOf(later, "sortino")), theirs("Sortino Ratio"), "sortino");
  });
});

/**
 * Backtrader and vectorbt count the bars below a peak. Ours go from the peak to the bar that reaches it again, which is
 * one more, or to the last bar, if it stays below.
 */
function barsBelow(equity: readonly number[], longest: number): number {
  const peak = Math.max(...equity);
  const staysBelow = equity.slice(-longest).every((value) => value < peak);
  return staysBelow ? longest : longest - 1;
}

describe.skipIf(absent)("backtrader", () => {
  interface Run {
    readonly dataset: string;
    readonly cash: number;
    readonly trades: readonly TheirTrade[];
    readonly open_trade?: TheirTrade | null;
    readonly stats: Readonly<Record<string, number>> & { readonly returns: Readonly<Record<string, number>> };
    readonly equity: readonly number[];
  }
  const files = filesIn("trades/", /backtrader\.json\.gz$/);
  test("16 runs", () => expect(files).toHaveLength(16));

  test.each(files)("%s", (file) => {
    const run: Run = JSON.parse(unpack(`trades/${file}`));
    const bars = barsOfDataset(run.dataset);
    const open = run.open_trade ? [run.open_trade] : [];
    const trades = [...run.trades, ...open].map((trade) => tradeFrom(trade, bars));
    const context = contextFrom(bars, run.equity, trades, run.cash);
    const ours = (name: string): number => valueOf(context, name);
    const { stats } = run;

    near(run.cash + ours("net_profit"), stats.final_value, "final value");
    near(Math.log1p(ours("total_return")), stats.returns.rtot, "their total return is a logarithm");
    near(ours("max_drawdown"), stats.max_drawdown_pct / 100, "maximum drawdown");
    near(ours("max_drawdown_money"), stats.max_drawdown_money, "maximum drawdown in money");
    expect(ours("trades")).toBe(stats.closed);
    expect(ours("open_trades")).toBe(open.length);
    near(ours("win_rate"), stats.won / stats.closed, "win rate");
    near(ours("expectancy") * ours("trades"), stats.pnl_net_total, "sum of profits");
    near(
      ours("average_win") * stats.won - ours("average_loss") * stats.lost,
      stats.pnl_net_total,
      "wins and losses",
    );

    // Deviations of the population there (n), of the sample here (n − 1).
    const ofPopulation = (n: number): number => Math.sqrt(n / (n - 1));
    near(ours("sqn") * ofPopulation(stats.closed), stats.sqn, "sqn");
    const sessions = context.sessionEquity.length - 1;
    near(ours("sharpe") * ofPopulation(sessions), stats.sharpe_daily_rf0_ann252, "sharpe");

    near(
      growthOf(context) ** (252 / sessions) - 1,
      stats.returns.rnorm,
      "yearly return, there of 252 sessions",
    );

    // With a bar a day, our days are bars.
    const daily: MetricContext = { ...context, bars: barsAt(Array.from(bars.close)) };
    const longest = barsBelow(run.equity, valueOf(daily, "max_drawdown_duration"));
    expect(longest, "longest drawdown").toBe(stats.max_drawdown_len);
  });
});

describe.skipIf(absent)("vectorbt", () => {
  interface Run {
    readonly dataset: string;
    readonly freq: "1D" | "1H";
    readonly init_cash: number;
    readonly fees: number;
    readonly stats: Readonly<Record<string, number>> &
      Readonly<
        Record<"Max Drawdown Duration" | "Avg Winning Trade Duration" | "Avg Losing Trade Duration", string>
      >;
    readonly trades: readonly {
      readonly size: number;
      readonly entry_idx: number;
      readonly entry_price: number;
      readonly entry_fees: number;
      readonly exit_idx: number;
      readonly exit_price: number;
      readonly exit_fees: number;
      readonly pnl: number;
      /** 0 long, 1 short. */
      readonly direction: number;
      /** 0 open, 1 closed. */
      readonly status: number;
    }[];
    readonly equity: readonly number[];
  }
  const files = filesIn("vectorbt/", /\.json\.gz$/);
  test("10 runs", () => expect(files).toHaveLength(10));

  test.each(files)("%s", (file) => {
    const run: Run = JSON.parse(unpack(`vectorbt/${file}`));
    // Their clock has no gaps: bars follow each other at the stated frequency, and every bar is a session.
    const step = run.freq === "1D" ? day : day / 24;
    const bars = barsAt(Array.from(barsOfDataset(run.dataset).close), step);
    const trades = run.trades.map((trade): Trade => {
      const size = trade.direction === 0 ? trade.size : -trade.size;
      const common = {
        ...{ size, entry_bar: trade.entry_idx, entry_price: trade.entry_price, pnl_net: trade.pnl },
        commission: trade.entry_fees + trade.exit_fees,
      };
      return tradeFrom(
        trade.status === 0 ? common : { ...common, exit_bar: trade.exit_idx, exit_price: trade.exit_price },
        bars,
      );
    });
    const context: MetricContext = {
      ...contextFrom(bars, run.equity, trades, run.init_cash),
      sessionEquity: Float64Array.from([run.init_cash, ...run.equity]),
      sessionsPerYear: (365 * day) / step,
    };
    const ours = (name: string): number => valueOf(context, name);
    const theirs = (name: string): number => run.stats[name];
    const percent = (name: string): number => theirs(`${name} [%]`) / 100;

    near(run.init_cash + ours("net_profit"), theirs("End Value"), "end value");
    near(ours("total_return"), percent("Total Return"), "return");
    near(ours("buy_and_hold_return"), percent("Benchmark Return"), "benchmark");
    near(ours("commission_paid"), theirs("Total Fees Paid"), "fees");
    near(ours("max_drawdown"), percent("Max Drawdown"), "maximum drawdown");
    near(ours("sharpe"), theirs("Sharpe Ratio"), "sharpe");
    near(ours("sortino"), theirs("Sortino Ratio"), "sortino");
    near(ours("omega"), theirs("Omega Ratio"), "omega");
    expect(ours("trades")).toBe(theirs("Total Closed Trades"));
    expect(ours("open_trades")).toBe(theirs("Total Open Trades"));
    near(ours("win_rate"), percent("Win Rate"), "win rate");
    near(ours("profit_factor"), theirs("Profit Factor"), "profit factor");
    near(ours("expectancy"), theirs("Expectancy"), "expectancy");
    near(ours("best_trade"), percent("Best Trade"), "best trade");
    near(ours("worst_trade"), percent("Worst Trade"), "worst trade");

    const only = (keep: (trade: Trade) => boolean): MetricContext => ({
      ...context,
      trades: tradeColumns(trades.filter(keep)),
    });
    const winners = only(({ profit }) => profit > 0);
    const losers = only(({ profit }) => profit < 0);
    const barsIn = (duration: string): number => (daysOf(duration) * day) / step;
    near(valueOf(winners, "average_trade_return"), percent("Avg Winning Trade"), "average return of winners");
    near(valueOf(losers, "average_trade_return"), percent("Avg Losing Trade"), "average return of losers");
    near(
      valueOf(winners, "average_bars_held"),
      barsIn(run.stats["Avg Winning Trade Duration"]),
      "time in winners",
    );
    near(
      valueOf(losers, "average_bars_held"),
      barsIn(run.stats["Avg Losing Trade Duration"]),
      "time in losers",
    );
    const longest = Math.round((ours("max_drawdown_duration") * day) / step);
    near(barsBelow(run.equity, longest), barsIn(run.stats["Max Drawdown Duration"]), "longest drawdown");

    // Their year has 365 days, ours 365.25.
    const yearly = (1 + ours("cagr")) ** (365 / 365.25) - 1;
    near(yearly / ours("max_drawdown"), theirs("Calmar Ratio"), "calmar");
  });
});
