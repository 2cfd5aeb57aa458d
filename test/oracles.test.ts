import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { backtest, compile, readBars, type BacktestResult } from "bitfever";
import { hasShared, shared } from "./support/shared.js";

/*
 * Whole programs against trade lists that backtesting.py and backtrader made of the same rules: same bars, same
 * prices, same sizes, profit and equity to 1e-9.
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

const rules: Readonly<Record<string, (size: number) => string>> = {
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
};

const engines = { "backtesting.py": "backtesting_py.nofinal", backtrader: "backtrader" } as const;

const isThere = hasShared("oracles/trades", "trade lists of backtesting.py and backtrader");
const cases = Object.keys(datasets).flatMap((dataset) =>
  Object.keys(rules).flatMap((rule) =>
    Object.keys(engines).map((engine) => [dataset as Dataset, rule, engine as keyof typeof engines] as const),
  ),
);

async function run(
  dataset: Dataset,
  rule: string,
): Promise<{ result: BacktestResult; equity: Float64Array }> {
  const { size, commission } = datasets[dataset];
  const strategy = compile(`strategy "${rule}" { costs { commission ${commission} } ${rules[rule](size)} }`);
  const bars = await readBars(shared(`oracles/bars/${dataset}.csv.gz`));
  const { result, curves } = await backtest(strategy, bars, { settings: { initial_capital: 100_000 } });
  return { result, equity: curves.equity };
}

const closeTo = (found: number, expected: number, what: string): void => {
  expect(Math.abs(found - expected), `${what} is ${found}, expected ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
};

const utc = (time: string): string => `${time.replace(" ", "T")}Z`;

describe.skipIf(!isThere)("trade for trade", () => {
  it.each(cases)("%s %s as in %s", async (dataset, rule, engine) => {
    const file = shared(`oracles/trades/${dataset}.${rule}.${engines[engine]}.json.gz`);
    const oracle = JSON.parse(gunzipSync(readFileSync(file)).toString()) as OracleRun;
    const { result, equity } = await run(dataset, rule);
    const closed = result.trades.filter((each) => each.exitTime !== null);

    expect(oracle.trades.length).toBeGreaterThan(30);
    expect(closed.length).toBe(oracle.trades.length);
    closed.forEach((trade, i) => {
      const expected = oracle.trades[i];
      expect(trade.side).toBe(expected.size > 0 ? "long" : "short");
      expect([trade.entryBar, trade.exitBar]).toEqual([expected.entry_bar, expected.exit_bar]);
      expect([trade.entryTime, trade.exitTime]).toEqual([utc(expected.entry_time), utc(expected.exit_time)]);
      expect(trade.quantity).toBe(Math.abs(expected.size));
      closeTo(trade.entryPrice, expected.entry_price, "entry price");
      closeTo(trade.exitPrice ?? NaN, expected.exit_price, "exit price");
      closeTo(trade.profit, expected.pnl_net, "profit");
      // backtrader's lists give the entry's commission only.
      if (engine === "backtesting.py") closeTo(trade.commission, expected.commission, "commission");
    });
    expect(equity.length).toBe(oracle.equity.length);
    equity.forEach((value, bar) => {
      closeTo(value, oracle.equity[bar], `equity on bar ${bar}`);
    });
  });
});
