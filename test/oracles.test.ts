import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { backtest, compile, readBars, type BacktestResult, type Settings } from "bitfever";
import { hasShared, shared } from "./support/shared.js";

/*
 * Whole programs against trade lists that backtesting.py, backtrader and vectorbt made of the same rules: same bars,
 * same prices, same sizes, profit and equity to 1e-9.
 */

interface OracleTrade {
  readonly entry_bar: number;
  readonly exit_bar: number;
  readonly entry_time: string;
  readonly exit_time: string;
  readonly size: number;
  readonly entry_price: number;
  readonly exit_price: number;
  readonly pnl_net: number;
  readonly commission: number;
}

interface OracleRun {
  readonly trades: readonly OracleTrade[];
  readonly equity: readonly number[];
  readonly cash: number;
}

const datasets = {
  GOOG: { size: 10, commission: "0.2%" },
  EURUSD: { size: 10_000, commission: "0.02%" },
} as const;
type Dataset = keyof typeof datasets;

const rules: Readonly<Record<string, (size: number | string) => string>> = {
  sma_cross: (size) => `
    let fast = sma(close, 10)
    let slow = sma(close, 30)
    enter long when fast crosses above slow { size ${size} unprotected }
    exit long when slow crosses above fast`,
  ema_cross_reverse: (size) => `
    let fast = ema(close, 12)
    let slow = ema(close, 26)
    enter long when fast crosses above slow { size ${size} unprotected }
    enter short when slow crosses above fast { size ${size} unprotected }`,
  rsi_reversal: (size) => `
    let strength = rsi(close, 14)
    enter long when position_size == 0 and strength crosses above 30 { size ${size} unprotected }
    enter short when position_size == 0 and strength crosses below 70 { size ${size} unprotected }
    exit long when strength > 50
    exit short when strength < 50`,
  bb_breakout_sl_tp: (size) => `
    enter long when position_size == 0 and close crosses above bbands(close, 20, 2, 2).upper {
      size ${size} stop at close - 2 * atr(14) target at close + 3 * atr(14)
    }`,
  // Both engines decide from the second bar on that has all indicators.
  donchian_stop_entry: (size) => `
    enter long at stop highest(high, 20) when position_size == 0 and bar_index >= 20 { size ${size} unprotected }
    exit long at stop lowest(low, 10) when position_size > 0`,
  macd: (size) => `
    let lines = macd(close, 12, 26, 9)
    enter long when position_size == 0 and lines.macd crosses above lines.signal { size ${size} unprotected }
    exit long when lines.signal crosses above lines.macd`,
  // An order rests for three bars; only then, or once a position has come and gone, is there another.
  limit_pullback: (size) => `
    let average = sma(close, 50)
    state age: int = 3 reset never {
      set age = age + 1
      when position_size > 0 { set age = 3 }
      else { when age >= 3 and close > average and bar_index >= 50 { set age = 0 } }
    }
    enter long at limit close - 0.5 * atr(14) when age == 0 { size ${size} unprotected good for 3 bars }
    exit long when position_bars >= 10 or close < average`,
  atr_trailing: (size) => `
    state trailed: price? = none reset when position_size == 0 {
      when position_size > 0 { set trailed = max(trailed or else close - 3 * atr(14), close - 3 * atr(14)) }
    }
    enter long when position_size == 0 and close crosses above sma(close, 50) { size ${size} unprotected }
    exit long at stop trailed when position_size > 0`,
};

const engines = { backtesting_py: "backtesting_py.nofinal", backtrader: "backtrader" } as const;

const isThere = hasShared("oracles/trades", "trade lists of backtesting.py and backtrader");
const cases = Object.keys(datasets).flatMap((dataset) =>
  Object.keys(rules).flatMap((rule) =>
    Object.keys(engines).map((engine) => [dataset as Dataset, rule, engine as keyof typeof engines] as const),
  ),
);

interface Run {
  readonly result: BacktestResult;
  readonly equity: Float64Array;
}

async function run(dataset: Dataset, rule: string, settings: Partial<Settings> = {}): Promise<Run> {
  const { commission } = datasets[dataset];
  const strategy = compile(`strategy "Oracle" { costs { commission ${commission} } ${rule} }`);
  const bars = await readBars(shared(`oracles/bars/${dataset}.csv.gz`));
  const { result, curves } = await backtest(strategy, bars, {
    settings: { initial_capital: 100_000, ...settings },
  });
  return { result, equity: curves.equity };
}

const read = (path: string): unknown => JSON.parse(gunzipSync(readFileSync(shared(path))).toString());

const closeTo = (found: number, expected: number, what: string): void => {
  expect(Math.abs(found - expected), `${what} is ${found}, expected ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
};

const utc = (time: string): string => `${time.replace(" ", "T")}Z`;

/** Closed trades one by one, as far as theirs go. */
function expectTrades({ result }: Run, theirs: readonly OracleTrade[], engine: string): void {
  const closed = result.trades.filter((each) => each.exitTime !== null);
  expect(closed.length).toBe(theirs.length);
  closed.forEach((trade, i) => {
    const expected = theirs[i];
    expect(trade.side).toBe(expected.size > 0 ? "long" : "short");
    expect([trade.entryBar, trade.exitBar]).toEqual([expected.entry_bar, expected.exit_bar]);
    expect([trade.entryTime, trade.exitTime]).toEqual([utc(expected.entry_time), utc(expected.exit_time)]);
    expect(trade.quantity).toBe(Math.abs(expected.size));
    closeTo(trade.entryPrice, expected.entry_price, "entry price");
    closeTo(trade.exitPrice ?? NaN, expected.exit_price, "exit price");
    closeTo(trade.profit, expected.pnl_net, "profit");
    // backtrader's lists give the entry's commission only.
    if (engine === "backtesting_py") closeTo(trade.commission, expected.commission, "commission");
  });
}

function expectEquity({ equity }: Run, theirs: readonly number[]): void {
  expect(equity.length).toBe(theirs.length);
  equity.forEach((value, bar) => {
    closeTo(value, theirs[bar], `equity on bar ${bar}`);
  });
}

describe.skipIf(!isThere)("trade for trade", () => {
  it.each(cases)("%s %s as in %s", async (dataset, rule, engine) => {
    const oracle = read(`oracles/trades/${dataset}.${rule}.${engines[engine]}.json.gz`) as OracleRun;
    expect(oracle.trades.length).toBeGreaterThan(10);
    const found = await run(dataset, rules[rule](datasets[dataset].size), { profile: engine });
    expectTrades(found, oracle.trades, engine);
    expectEquity(found, oracle.equity);
  });

  const variants = [
    ["a fixed size", "backtesting_py", {}],
    ["all in", "backtesting_py.allin", { lot: 1 }],
  ] as const;
  const closedAtTheEnd = Object.keys(datasets).flatMap((dataset) =>
    Object.keys(rules).flatMap((rule) =>
      variants.map((variant) => [dataset as Dataset, rule, ...variant] as const),
    ),
  );
  it.each(closedAtTheEnd)(
    "%s %s with %s as in backtesting.py, which ends by selling at the open of the last bar",
    async (dataset, rule, size, file, settings) => {
      const oracle = read(`oracles/trades/${dataset}.${rule}.${file}.json.gz`) as OracleRun;
      // More than there is: what the cash does not pay for is cut off at the fill.
      const given = size === "all in" ? "200% of equity" : datasets[dataset].size;
      const profile = { profile: "backtesting_py", at_end: "open" } as const;
      const found = await run(dataset, rules[rule](given), { ...settings, ...profile });
      expectTrades(found, oracle.trades, "backtesting_py");
      expectEquity(found, oracle.equity);
    },
  );
});

interface VectorbtRun {
  readonly trades: readonly {
    readonly entry_idx: number;
    readonly exit_idx: number;
    readonly size: number;
    readonly entry_price: number;
    readonly exit_price: number;
    readonly entry_fees: number;
    readonly exit_fees: number;
    readonly pnl: number;
    /** 0 long, 1 short. */
    readonly direction: number;
    /** 0 open, 1 closed. */
    readonly status: number;
  }[];
  readonly equity: readonly number[];
}

const averages = "let fast = sma(close, 10) let slow = sma(close, 30)";
const longOnly = (size: number | string): string => `${averages}
  enter long when fast crosses above slow { size ${size} unprotected }
  exit long when slow crosses above fast`;
const allIn = "200% of equity";

const vectorbtRules: Readonly<Record<string, (dataset: Dataset) => string>> = {
  fixed_size: (dataset) => longOnly(datasets[dataset].size),
  allin_fractional: () => longOnly(allIn),
  slippage_allin: () => `costs { slippage 0.05% } ${longOnly(allIn)}`,
  long_short_reverse_allin: () => `${averages}
    enter long when fast crosses above slow { size ${allIn} unprotected }
    enter short when slow crosses above fast { size ${allIn} unprotected }`,
  // Shares of the close of the entry's bar, in force from the next bar on.
  sl5_tp10_allin: (dataset) => {
    const [stop, target] = dataset === "GOOG" ? ["5%", "10%"] : ["0.5%", "1%"];
    return `${averages}
      state base: price? = none reset when position_size == 0 { when position_bars == 0 { set base = close } }
      enter long when position_size == 0 and fast crosses above slow { size ${allIn} unprotected }
      exit long "stop" at stop base * (1 - ${stop}) when position_bars == 0
      exit long "target" at limit base * (1 + ${target}) when position_bars == 0
      exit long when slow crosses above fast`;
  },
};

describe.skipIf(!isThere)("vectorbt, trade for trade", () => {
  const all = Object.keys(datasets).flatMap((dataset) =>
    Object.keys(vectorbtRules).map((variant) => [dataset as Dataset, variant] as const),
  );
  it.each(all)("%s %s", async (dataset, variant) => {
    const oracle = read(`oracles/vectorbt/${dataset}.sma_cross.${variant}.json.gz`) as VectorbtRun;
    const found = await run(dataset, vectorbtRules[variant](dataset), { profile: "vectorbt" });
    const { trades } = found.result;
    expect(trades.length).toBe(oracle.trades.length);
    trades.forEach((trade, i) => {
      const expected = oracle.trades[i];
      const isClosed = expected.status === 1;
      expect(trade.side).toBe(expected.direction === 0 ? "long" : "short");
      expect([trade.entryBar, trade.exitBar]).toEqual([
        expected.entry_idx,
        isClosed ? expected.exit_idx : null,
      ]);
      closeTo(trade.quantity, expected.size, "size");
      closeTo(trade.entryPrice, expected.entry_price, "entry price");
      if (!isClosed) return;
      closeTo(trade.exitPrice ?? NaN, expected.exit_price, "exit price");
      closeTo(trade.profit, expected.pnl, "profit");
      closeTo(trade.commission, expected.entry_fees + expected.exit_fees, "fees");
    });
    expectEquity(found, oracle.equity);
  });
});
