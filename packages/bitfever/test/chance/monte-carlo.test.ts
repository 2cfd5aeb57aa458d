import { describe, expect, it } from "vitest";
import { backtest, compile, monteCarlo, type MonteCarloResult } from "../../src/index.js";
import { codeOf } from "../code-of.js";
import { barsWith, buyFalls, noise } from "./series.js";

const strategy = compile(buyFalls);
const bars = barsWith(noise(5, 600));
const given = { runs: 40, params: { fall: 0.005 } };
const { result: run } = await backtest(strategy, bars, { params: given.params });

/** Between the two values on either side of the place, as NumPy has it. */
function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (values.length - 1) * share;
  const low = Math.floor(place);
  return sorted[low] + (place - low) * (sorted[Math.min(low + 1, values.length - 1)] - sorted[low]);
}

const known = (values: readonly (number | null)[]): number[] => values.filter((each) => each !== null);

describe("Monte Carlo of bars", () => {
  const of = (options: object): Promise<MonteCarloResult> =>
    monteCarlo(strategy, bars, { ...given, of: "bars", ...options });

  it("compares with the run itself, and tells the distribution of what was drawn", async () => {
    const { figures, draws, ruin, losing, trades, runs } = await of({ ruin: 0.9 });
    expect(figures.final_equity.observed).toBeCloseTo(
      100_000 * (1 + (run.metrics["total_return"] ?? NaN)),
      6,
    );
    expect(figures.max_drawdown.observed).toBe(run.metrics["max_drawdown"]);
    expect(figures.sharpe.observed).toBe(run.metrics["sharpe"]);
    expect([trades, runs]).toEqual([run.metrics["trades"], 40]);
    const ends = known(draws.final_equity);
    expect(new Set(ends).size).toBeGreaterThan(35);
    for (const [name, share] of [
      ["p5", 0.05],
      ["p50", 0.5],
      ["p95", 0.95],
    ] as const)
      expect(figures.final_equity.distribution?.[name]).toBeCloseTo(quantileOf(ends, share), 6);
    expect(figures.final_equity.below).toBe(
      ends.filter((each) => each < (figures.final_equity.observed ?? NaN)).length / 40,
    );
    expect(losing).toBe(ends.filter((each) => each < 100_000).length / 40);
    // Whoever ends there has been there.
    expect(ruin.runs).toBeGreaterThanOrEqual(ends.filter((each) => each <= 90_000).length);
    expect(ruin.probability).toBe(ruin.runs / 40);
  });

  it("0 and 2 workers draw the same, and another seed something else", async () => {
    const own = JSON.stringify(await of({}));
    expect(JSON.stringify(await of({ workers: 2 }))).toBe(own);
    expect(JSON.stringify(await of({ seed: 2 }))).not.toBe(own);
  }, 120_000);

  it("in another order begin and end with the same prices", async () => {
    const holding = compile(
      'strategy "Hold" { enter long when close > 0 { size 100% of equity unprotected } }',
    );
    const { draws, meanBlock } = await monteCarlo(holding, bars, { of: "bars", order: "shuffled", runs: 20 });
    const ends = known(draws.final_equity);
    expect(meanBlock).toBeNull();
    // Bought at the second open, which is the first close: the first bar alone does not change.
    for (const each of ends) expect(each / ends[0]).toBeCloseTo(1, 1);
    expect(new Set(known(draws.max_drawdown)).size).toBe(20);
  });
});

describe("Monte Carlo of trades", () => {
  it("in another order end where the run ended", async () => {
    const { figures, draws } = await monteCarlo(strategy, bars, { ...given, order: "shuffled" });
    const observed = figures.final_equity.observed ?? NaN;
    for (const each of known(draws.final_equity)) expect(each / observed).toBeCloseTo(1, 9);
    expect(figures.max_drawdown.below).toBeGreaterThan(0);
    // All of the account in each trade: one after another they are the run.
    const closed = run.trades
      .filter(({ exitTime }) => exitTime !== null)
      .reduce((sum, { profit }) => sum + profit, 0);
    expect(observed).toBeCloseTo(100_000 + closed, 0);
  });

  it("with putting back end above and below", async () => {
    const { figures, meanBlock } = await monteCarlo(strategy, bars, { ...given, meanBlock: 3 });
    const { observed, distribution } = figures.final_equity;
    expect(meanBlock).toBe(3);
    expect(distribution?.p5).toBeLessThan(observed ?? NaN);
    expect(distribution?.p95).toBeGreaterThan(observed ?? NaN);
  });

  it("refuses what cannot be drawn", async () => {
    const refused = (options: Parameters<typeof monteCarlo>[2]): Promise<string> =>
      codeOf(() => monteCarlo(strategy, bars, options));
    expect(await refused({ order: "shuffled", meanBlock: 2 })).toBe("BF5144");
    expect(await refused({ ruin: 1 })).toBe("BF5135");
    expect(await refused({ runs: 0 })).toBe("BF5135");
    expect(await refused({ meanBlock: 10_000 })).toBe("BF5125");
    expect(await refused({ of: "bars", actions: {} })).toBe("BF5143");
    const few = compile(buyFalls.replace("close < close[1]", "close < close[1] * 0.97"));
    expect(await codeOf(() => monteCarlo(few, bars))).toBe("BF5145");
  });
});
