import { sampleStandardDeviation } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { isUnknown } from "../../src/metric.js";
import { metrics } from "../../src/metrics/index.js";
import { randomOf } from "../../src/random.js";
import { resample, type Interval } from "../../src/resampling.js";
import { contextOf, contextOfReturns, repeat, tradesOf } from "./build.js";

const options = { runs: 1_000, seed: 1 };
const random = randomOf(7);
/** Sums of twelve uniform numbers are nearly normal: a mean of 0.1% and a deviation of 1%. */
const normal = Array.from(
  { length: 500 },
  () => 0.001 + 0.01 * (Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, 0) - 6),
);

function intervals(returns: readonly number[], seed = 1): Readonly<Record<string, Interval>> {
  const { sessions } = resample(contextOfReturns(returns), { ...options, seed });
  if (isUnknown(sessions)) throw new Error(sessions.reason);
  return sessions;
}

describe("sessions drawn anew", () => {
  it("lie around what the run came to", () => {
    const context = contextOfReturns(normal);
    for (const [name, { low, middle, high }] of Object.entries(intervals(normal))) {
      const value = Number(metrics.get(name)?.compute(context));
      expect(low, name).toBeLessThan(middle);
      expect(middle, name).toBeLessThan(high);
      expect(low, name).toBeLessThan(value);
      expect(high, name).toBeGreaterThan(value);
    }
  });

  it("have the width that theory gives for independent returns", () => {
    // A Sharpe ratio of n independent sessions is uncertain by √(year ÷ n); 95% are 1.96 of that on either side.
    const { sharpe } = intervals(normal);
    const expected = 2 * 1.96 * Math.sqrt(252 / normal.length);
    expect((sharpe.high - sharpe.low) / expected).toBeGreaterThan(0.85);
    expect((sharpe.high - sharpe.low) / expected).toBeLessThan(1.15);
  });

  it("keep together what hangs together: trends make the total less certain", () => {
    const trending = normal.map((_, i) => (Math.floor(i / 10) % 2 === 0 ? 0.01 : -0.009));
    const shuffled = trending.map((_, i) => trending[(i * 271) % trending.length]);
    const width = ({ total_return }: Readonly<Record<string, Interval>>): number =>
      Math.log((1 + total_return.high) / (1 + total_return.low));
    expect(width(intervals(trending))).toBeGreaterThan(1.5 * width(intervals(shuffled)));
    expect(sampleStandardDeviation(trending)).toBeCloseTo(sampleStandardDeviation(shuffled), 12);
  });

  it("are the same of the same seed, and others of another", () => {
    expect(intervals(normal)).toEqual(intervals(normal));
    expect(intervals(normal, 2)).not.toEqual(intervals(normal));
  });

  it("leave out what some draw does not have, and say why there are none", () => {
    const rising = intervals(repeat(40, 0.01));
    expect(Object.keys(rising)).toEqual(["total_return", "cagr", "volatility", "max_drawdown"]);
    expect(rising.total_return.low).toBeCloseTo(1.01 ** 40 - 1, 12);
    expect(rising.total_return.high).toBeCloseTo(1.01 ** 40 - 1, 12);
    expect(resample(contextOfReturns(repeat(9, 0.01)), options).sessions).toEqual({
      reason: "needs at least 30 session returns, has 9",
    });
  });
});

describe("trades drawn anew", () => {
  const of = (...profits: readonly number[]) => {
    const context = contextOf({ equity: repeat(profits.length, 100), trades: tradesOf(...profits) });
    return resample(context, options).trades;
  };

  it("are what each earned of the account that it found", () => {
    const trades = of(...repeat(30, 1));
    expect(isUnknown(trades)).toBe(false);
    if (isUnknown(trades)) return;
    // The account is 100 before every trade.
    for (const value of Object.values(trades.total_return)) expect(value).toBeCloseTo(1.01 ** 30 - 1, 12);
    expect(trades.max_drawdown).toEqual({ low: 0, middle: 0, high: 0 });
    expect(trades.losing_share).toBe(0);
  });

  it("come in another order to the same total, and to deeper and shallower falls", () => {
    // Fifteen losses behind fifteen gains: no order falls deeper.
    const trades = of(...repeat(15, 2), ...repeat(15, -1));
    if (isUnknown(trades)) throw new Error(trades.reason);
    const deepest = 1 - 0.99 ** 15;
    expect(trades.reordered_max_drawdown.high).toBeLessThan(deepest);
    expect(trades.reordered_max_drawdown.low).toBeGreaterThanOrEqual(0.01 - 1e-12);
    expect(trades.max_drawdown.low).toBeLessThan(trades.max_drawdown.high);
    expect(trades.total_return.low).toBeLessThan(1.02 ** 15 * 0.99 ** 15 - 1);
    expect(trades.total_return.high).toBeGreaterThan(1.02 ** 15 * 0.99 ** 15 - 1);
  });

  it("lose as often as chance says", () => {
    // Thirty tosses of a coin, each for one percent: they lose where there are no more heads than tails.
    const trades = of(...repeat(15, 1, -1));
    if (isUnknown(trades)) throw new Error(trades.reason);
    const heads = Array.from({ length: 31 }, (_, k) => k);
    const choose = (k: number): number =>
      heads.slice(0, k).reduce((product, i) => (product * (30 - i)) / (i + 1), 1);
    const losing =
      heads.filter((k) => 1.01 ** k * 0.99 ** (30 - k) < 1).reduce((sum, k) => sum + choose(k), 0) / 2 ** 30;
    expect(Math.abs(trades.losing_share - losing)).toBeLessThan(0.05);
  });

  it("need enough trades and an account", () => {
    expect(of(1, 2)).toEqual({ reason: "needs at least 30 closed trades, has 2" });
    const trades = tradesOf(...repeat(30, 1));
    expect(resample(contextOf({ equity: repeat(30, -5), trades }), options).trades).toEqual({
      reason: "the account value fell to zero or below: its returns are not defined",
    });
  });
});
