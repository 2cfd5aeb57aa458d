import { describe, expect, test } from "vitest";
import { isUnknown, type MetricContext } from "../../src/metric.js";
import { regimesOf, type Regimes } from "../../src/regimes.js";
import { tradeColumns } from "../../src/trade-columns.js";
import { contextOf, contextOfReturns, openTrade, repeat, tradeOf } from "./build.js";

/** A market with the given returns, and an account that earns a tenth of them. */
function inMarket(market: readonly number[], rest: Partial<MetricContext> = {}): MetricContext {
  let price = 50;
  const sessionClose = Float64Array.from([price, ...market.map((each) => (price *= 1 + each))]);
  return { ...contextOfReturns(market.map((each) => each / 10)), sessionClose, ...rest };
}

const regimesIn = (context: MetricContext): Regimes => {
  const regimes = regimesOf(context);
  if (isUnknown(regimes)) throw new Error(regimes.reason);
  return regimes;
};

/** Where its sessions lie: `up low 3`. */
const countsIn = (context: MetricContext): string[] =>
  regimesIn(context)
    .grid.filter(({ sessions }) => sessions > 0)
    .map(({ direction, volatility, sessions }) => `${direction} ${volatility} ${sessions}`);

/** Swings up and down by turns, of a size that may change, around a drift. */
const swings = (length: number, drift: number, size: (session: number) => number): number[] =>
  Array.from({ length }, (_, i) => drift + (i % 2 === 0 ? 1 : -1) * size(i));

describe("the kind of a session", () => {
  test.each([
    // 84 sessions are needed before: 21 for a volatility, and 63 more of those to compare it with.
    ["up high 16", swings(100, 0.01, (i) => 0.0001 * i)],
    ["up low 16", swings(100, 0.01, (i) => 0.0001 * (200 - i))],
    ["down high 16", swings(100, -0.01, (i) => 0.0001 * i)],
    ["sideways low 16", swings(100, 0, (i) => 0.0001 * (200 - i))],
  ])("%s", (expected, market) => expect(countsIn(inMarket(market))).toEqual([expected]));

  test("is in the middle where the volatility lies between what was seen", () => {
    const market = swings(107, 0, (i) => (i < 53 ? 0.001 : i < 85 ? 0.003 : 0.002));
    const mid = (sessions: number): number =>
      regimesIn(inMarket(market.slice(0, sessions))).grid.find(
        ({ direction, volatility }) => direction === "sideways" && volatility === "mid",
      )!.sessions;
    expect(mid(107) - mid(106)).toBe(1); // the last has a whole window of the middle size before it
  });

  test("is up where the mean is beyond its standard error, and not where it is not", () => {
    // Of 63 returns the error of the mean is deviation ÷ √63, close to 0.01 ÷ 7.94 = 0.00126.
    const last = (drift: number): string[] => countsIn(inMarket(swings(85, drift, (i) => 0.01 + 1e-7 * i)));
    expect(last(0.0015)).toEqual(["up high 1"]);
    expect(last(0.0009)).toEqual(["sideways high 1"]);
  });

  test("does not depend on what comes later, nor on the session itself", () => {
    const market = swings(120, 0.001, (i) => 0.001 * (1 + ((i * 7) % 11)));
    const counts = countsIn(inMarket(market));
    expect(countsIn(inMarket([...market.slice(0, 119), 5]))).toEqual(counts);
    const sum = (part: readonly number[]): number => regimesIn(inMarket(part)).untold.sessions;
    expect(sum(market)).toBe(84);
  });
});

test("what happened in a kind is told of its sessions alone", () => {
  const market = swings(100, 0.01, (i) => 0.0001 * i);
  const trades = [
    tradeOf({ entryBar: 83, exitBar: 90, profit: 1 }),
    tradeOf({ entryBar: 84, exitBar: 85, profit: 10 }),
    tradeOf({ entryBar: 99, exitBar: 99, profit: -4 }),
    openTrade({ entryBar: 95, profit: 100 }),
  ];
  const { grid, untold } = regimesIn(inMarket(market, { trades: tradeColumns(trades) }));
  const compounded = (returns: readonly number[]): number =>
    returns.reduce((product, each) => product * (1 + each), 1) - 1;
  const found = grid.find(({ sessions }) => sessions > 0)!;
  expect(grid).toHaveLength(9);
  expect(found).toMatchObject({ share: 0.16, trades: 2, net_profit: 6 });
  expect(found.market_return).toBeCloseTo(compounded(market.slice(84)), 12);
  expect(found.total_return).toBeCloseTo(compounded(market.slice(84).map((each) => each / 10)), 12);
  expect(untold).toMatchObject({ sessions: 84, share: 0.84, trades: 1, net_profit: 1 });
  expect((1 + untold.total_return) * (1 + found.total_return)).toBeCloseTo(
    1 + compounded(market.map((each) => each / 10)),
    12,
  );
});

test("trades of several bars a session count in their session", () => {
  const market = swings(100, 0.01, (i) => 0.0001 * i);
  const trades = [tradeOf({ entryBar: 167, exitBar: 168 }), tradeOf({ entryBar: 168, exitBar: 169 })];
  const sessionEnds = Int32Array.from(market, (_, i) => 2 * i + 1);
  const { untold } = regimesIn(inMarket(market, { trades: tradeColumns(trades), sessionEnds }));
  expect(untold.trades).toBe(1);
});

test.each([
  ["needs at least 85 sessions, has 84", inMarket(repeat(84, 0.01))],
  [
    "not all prices of the market are positive",
    inMarket(repeat(85, 0.01), { sessionClose: new Float64Array(86) }),
  ],
  [
    "the account value fell to zero or below: its returns are not defined",
    contextOf({ equity: [...repeat(90, 100), -1, 5] }),
  ],
])("%s", (reason, context) => expect(regimesOf(context)).toEqual({ reason }));
