import {
  barsOf,
  defineMetric,
  onlyTrial,
  rollingFigures,
  rollingOf,
  unknown,
  type BacktestResult,
  type Bars,
  type ExitReason,
  type Metric,
  curveOf,
  recordOf,
  type MetricContext,
  type Regimes,
  type ReportedTrade,
} from "@bitfever/engine";
import type { ReportInput } from "../../src/report/report.js";

const day = 86_400_000;

/** A seeded generator of numbers in [0, 1): Weyl sequence and a mixing of its bits. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export interface FixtureOptions {
  readonly bars?: number;
  readonly intervalMs?: number;
  readonly seed?: number;
  readonly symbol?: string;
  readonly name?: string;
  /** Bars of the slow mean: the smaller, the more trades. */
  readonly slow?: number;
  readonly startPrice?: number;
  readonly tick?: number;
  readonly volatility?: number;
  readonly trades?: boolean;
}

/** A random walk with the look of a growing share: daily bars skip weekends, shorter ones do not. */
function syntheticBars(options: FixtureOptions = {}): Bars {
  const { bars = 2148, intervalMs = day, seed = 8, symbol = "GOOG", startPrice = 100, tick = 0.01 } = options;
  const { volatility = 0.018 } = options;
  const random = generator(seed);
  const normal = (): number => random() + random() + random() + random() + random() + random() - 3;
  const column = (): Float64Array => new Float64Array(bars);
  const columns = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  const round = (price: number): number => Number((Math.max(1, Math.round(price / tick)) * tick).toFixed(8));

  let time = Date.UTC(2004, 7, 19);
  let price = startPrice;
  let calm = 1;
  for (let i = 0; i < bars; i++) {
    if (intervalMs === day) while ([0, 6].includes(new Date(time).getUTCDay())) time += day;
    calm = 0.97 * calm + 0.03 * (0.4 + 1.6 * random());
    const spread = volatility * calm;
    const open = price * (1 + 0.3 * spread * normal());
    const close = open * (1 + 0.0006 * (volatility / 0.018) ** 2 + spread * normal());
    columns.time[i] = time;
    columns.open[i] = round(open);
    columns.close[i] = round(close);
    columns.high[i] = round(Math.max(open, close) * (1 + spread * random()));
    columns.low[i] = round(Math.min(open, close) * (1 - spread * random()));
    columns.volume[i] = Math.round(4_000_000 * (0.5 + calm * random() * 2 + 30 * Math.abs(close / open - 1)));
    price = close;
    time += intervalMs;
  }
  return barsOf(symbol, columns);
}

function mean(values: Float64Array, length: number): Float64Array {
  const means = new Float64Array(values.length).fill(NaN);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i] - (i >= length ? values[i - length] : 0);
    if (i >= length - 1) means[i] = sum / length;
  }
  return means;
}

function relativeStrength(values: Float64Array, length: number): Float64Array {
  const column = new Float64Array(values.length).fill(NaN);
  let [up, down] = [0, 0];
  for (let i = 1; i < values.length; i++) {
    const change = values[i] - values[i - 1];
    up += (Math.max(0, change) - up) / length;
    down += (Math.max(0, -change) - down) / length;
    if (i >= length) column[i] = up + down === 0 ? 50 : (100 * up) / (up + down);
  }
  return column;
}

/** A cross of two means, both sides, with a stop: crude, but its trades and its account look like the real thing. */
export function fixture(options: FixtureOptions = {}): ReportInput {
  const bars = syntheticBars(options);
  const { name = "Two means", slow = 50, trades: trading = true } = options;
  const fastMean = mean(bars.close, Math.max(1, Math.round(slow / 2.5)));
  const slowMean = mean(bars.close, slow);
  const capital = 10_000;
  const trades: ReportedTrade[] = [];
  const equity = new Float64Array(bars.length);
  const position = new Float64Array(bars.length);
  let cash = capital;
  let open: {
    side: "long" | "short";
    bar: number;
    price: number;
    quantity: number;
    commission: number;
  } | null = null;

  const close = (bar: number | null, price: number, reason: ExitReason | null): void => {
    if (open === null) return;
    const commission = open.commission + (bar === null ? 0 : 0.0005 * open.quantity * price);
    const moved = (open.side === "long" ? 1 : -1) * open.quantity * (price - open.price);
    const profit = Number((moved - commission).toFixed(2));
    cash += bar === null ? 0 : profit;
    const at = (index: number): string => new Date(bars.time[index]).toISOString();
    trades.push({
      side: open.side,
      entryBar: open.bar,
      entryTime: at(open.bar),
      entryPrice: open.price,
      entryValue: open.price * open.quantity,
      entryTag: open.side === "long" ? "cross up" : "cross down",
      exitBar: bar,
      exitTime: bar === null ? null : at(bar),
      exitPrice: bar === null ? null : price,
      exitValue: bar === null ? null : price * open.quantity,
      exitReason: reason,
      exitTag: null,
      quantity: open.quantity,
      profit,
      commission: Number(commission.toFixed(2)),
    });
    if (bar !== null) open = null;
  };

  for (let i = 0; i < bars.length; i++) {
    if (trading && i > slow) {
      const [was, is] = [fastMean[i - 2] - slowMean[i - 2], fastMean[i - 1] - slowMean[i - 1]];
      const side = is > 0 && was <= 0 ? "long" : is < 0 && was >= 0 ? "short" : null;
      if (open !== null) {
        const { side: held, price } = open as { side: string; price: number };
        const stop = Number((price * (held === "long" ? 0.92 : 1.06)).toFixed(2));
        if (side !== null) close(i, bars.open[i], "reversal");
        else if (held === "long" ? bars.low[i] <= stop : bars.high[i] >= stop) close(i, stop, "stop");
      }
      if (side !== null) {
        const quantity = Math.floor((cash * 0.95) / bars.open[i]);
        const price = bars.open[i];
        if (quantity > 0) open = { side, bar: i, price, quantity, commission: 0.0005 * quantity * price };
      }
    }
    const held = open as { side: "long" | "short"; price: number; quantity: number } | null;
    position[i] = held === null ? 0 : (held.side === "long" ? 1 : -1) * held.quantity;
    equity[i] = cash + (held === null ? 0 : position[i] * (bars.close[i] - held.price));
  }
  close(null, bars.close[bars.length - 1], null);

  const context = contextOf(bars, equity, position, capital);
  return {
    result: resultOf(name, bars, trades, equity, slow),
    bars,
    curves: {
      equity,
      position,
      stop: null,
      sessionEnds: context.sessionEnds,
      rolling: rollingOf(context, rollingFigures),
      series: [
        { name: "fast", unit: "price", values: fastMean },
        { name: "slow", unit: "price", values: slowMean },
        { name: "strength", unit: "number", values: relativeStrength(bars.close, 14) },
      ],
    },
    metrics,
    programText: programText(name),
    generator: "BitFever test",
  };
}

/** The same, of a program that plots: a line, a condition, and something in a pane of its own. */
export function plotted(input: ReportInput): ReportInput {
  const { bars, curves } = input;
  const [fast, slow, strength] = curves.series;
  const above = bars.close.map((close, i) =>
    Number.isNaN(slow.values[i]) ? NaN : Number(close > slow.values[i]),
  );
  return {
    ...input,
    curves: {
      ...curves,
      series: [
        slow,
        strength,
        fast,
        { ...fast, name: "Quick", plot: { style: "step", color: "red", width: 2, pane: "main" } },
        {
          name: "Above",
          unit: "bool",
          values: above,
          plot: { style: "background", color: "green", width: 1, pane: "main" },
        },
        { ...strength, name: "Strength", plot: { style: "area", color: null, width: 1, pane: "Momentum" } },
      ],
    },
  };
}

const programText = (name: string): string => `edition 2026

strategy "${name}" on 1d {
  param slow: bars = 50 in 20..120 step 5
  param fast: bars = 20 in 5..60 step 5
  require fast < slow

  let a = sma(close, fast)   // the quick one
  let b = sma(close, slow)

  enter long "cross up" when a crosses above b {
    size 95% of equity
    stop at close * (1 - 8%)
  }
}
`;

/** A few metrics, with values told by hand: what is tested is the page, not them. */
const table: readonly (readonly [name: string, title: string, unit: Metric["unit"]])[] = [
  ["net_profit", "Net profit", "money"],
  ["total_return", "Total return", "ratio"],
  ["cagr", "Compound annual growth rate", "ratio"],
  ["buy_and_hold_return", "Buy and hold return", "ratio"],
  ["max_drawdown", "Maximum drawdown", "ratio"],
  ["max_drawdown_duration", "Longest drawdown", "days"],
  ["sharpe", "Sharpe ratio", "number"],
  ["sortino", "Sortino ratio", "number"],
  ["profit_factor", "Profit factor", "number"],
  ["expectancy", "Expectancy", "money"],
  ["trades", "Closed trades", "count"],
  ["win_rate", "Win rate", "ratio"],
  ["average_bars_held", "Average bars held", "bars"],
  ["exposure", "Exposure", "ratio"],
];

const metrics: readonly Metric[] = table.map(([name, title, unit]) =>
  defineMetric({
    name,
    title,
    unit,
    better: "neither",
    formula: `${title} as its textbook has it`,
    source: "definition",
    compute: () => unknown("told by hand"),
  }),
);

function resultOf(
  name: string,
  bars: Bars,
  trades: readonly ReportedTrade[],
  equity: Float64Array,
  slow: number,
): BacktestResult {
  const closed = trades.filter(({ exitTime }) => exitTime !== null);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const profits = closed.map(({ profit }) => profit);
  const wins = profits.filter((profit) => profit > 0);
  const [first, last] = [equity[0], equity[equity.length - 1]];
  const at = (index: number): string => new Date(bars.time[index]).toISOString();
  let [peak, depth] = [0, 0];
  for (const value of equity) {
    peak = Math.max(peak, value);
    depth = Math.max(depth, 1 - value / peak);
  }
  const none = closed.length === 0;
  return {
    schema: "bitfever/backtest@1",
    program: { name, hash: "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae" },
    data: {
      symbol: bars.symbol,
      intervalMs: bars.intervalMs,
      bars: bars.length,
      from: at(0),
      to: at(bars.length - 1),
      hash: "sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",
    },
    params: { slow, fast: Math.round(slow / 2.5), reverse: true },
    settings: {
      initial_capital: 10_000,
      commission: 0.0005,
      slippageTicks: 0,
      path: "nearest",
      fill: "open",
      tick: 0.01,
    },
    settingsHash: "sha256:baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096",
    trials: 1,
    warmup: Math.min(slow, bars.length),
    limits: [],
    alerts: [],
    ambiguity: null,
    resampling: null,
    regimes: regimes(closed.length),
    counts: { ambiguousFills: 0, reducedOrders: 0, rejectedOrders: 0, absentOrders: 0, closeFills: 0 },
    metrics: {
      net_profit: last - first,
      total_return: last / first - 1,
      cagr: bars.length < 30 ? null : (last / first) ** (252 / bars.length) - 1,
      buy_and_hold_return: bars.close[bars.length - 1] / bars.close[0] - 1,
      max_drawdown: depth,
      max_drawdown_duration: 412,
      sharpe: bars.length < 30 ? null : 0.74,
      sortino: 1.08,
      profit_factor: none ? null : sum(wins) / -sum(profits.filter((profit) => profit <= 0)),
      expectancy: none ? null : sum(profits) / closed.length,
      trades: closed.length,
      win_rate: none ? null : wins.length / closed.length,
      average_bars_held: none
        ? null
        : sum(closed.map((each) => (each.exitBar ?? 0) - each.entryBar)) / closed.length,
      exposure: 0.93,
    },
    metricReasons: {
      ...(bars.length < 30 && { cagr: "needs 30 days", sharpe: "needs at least 30 session returns" }),
      ...(none && {
        profit_factor: "no closed trade",
        expectancy: "no closed trade",
        win_rate: "no closed trade",
        average_bars_held: "no closed trade",
      }),
    },
    trades,
  };
}

/** A session is a day. */
function contextOf(
  bars: Bars,
  equity: Float64Array,
  position: Float64Array,
  initialCapital: number,
): MetricContext {
  const dayOf = (bar: number): number => Math.floor(bars.time[bar] / day);
  const sessionEnds = Int32Array.from(bars.time.keys()).filter((bar) => dayOf(bar) !== dayOf(bar + 1));
  const atEnds = (column: Float64Array): number[] => Array.from(sessionEnds, (end) => column[end]);
  return {
    ...recordOf({ equity, position, trades: [] }),
    ...{ bars, initialCapital, trials: onlyTrial, sessionsPerYear: 252 },
    ...{ benchmark: bars, timeWeighted: curveOf(equity), externalFlows: [] },
    sessionEquity: Float64Array.from([initialCapital, ...atEnds(equity)]),
    sessionClose: Float64Array.from([bars.open[0], ...atEnds(bars.close)]),
    sessionEnds,
  };
}

/** A grid told by hand, with a cell that is empty. */
const regimes = (trades: number): Regimes => ({
  grid: (["up", "sideways", "down"] as const).flatMap((direction, i) =>
    (["low", "mid", "high"] as const).map((volatility, k) => ({
      ...{
        direction,
        volatility,
        sessions: 300 * (2 - i) + 10 * k,
        share: i === 2 && k === 0 ? 0 : 0.1 + 0.03 * k,
      },
      ...{ total_return: 0.2 * (1 - i) + 0.01 * k, market_return: 0.3 * (1 - i) },
      ...{ trades: i === 0 && k === 0 ? 1 : trades, net_profit: 100 * (1 - i) },
    })),
  ),
  untold: { sessions: 84, share: 0.04, total_return: 0.01, market_return: 0.02, trades: 2, net_profit: 100 },
});
