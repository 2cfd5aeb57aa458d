import { sliceBars } from "@bitfever/engine";
import { describe, expect, it } from "vitest";
import { compile, optimize, walkForward } from "../../src/index.js";
import { bars, cross } from "./cross.js";

/* What is traded was chosen before it, and nothing else is traded. */

const some = sliceBars(bars, 0, 700);
const plain = { train: 250, test: 100, purge: 0 };

describe("walk-forward", () => {
  it("chooses on the first window what a search on those bars finds best", async () => {
    const { windows } = await walkForward(compile(cross), some, plain);
    const { best } = await optimize(compile(cross), sliceBars(some, 0, 250)).result;
    expect(windows[0].params).toEqual(best?.params);
    expect(windows[0].inSample).toBe(best?.objectives[0]);
    expect(windows.map(({ learnt, traded, trials }) => [learnt.sessions, traded.sessions, trials])).toEqual([
      [250, 100, 11],
      [250, 100, 11],
      [250, 100, 11],
      [250, 100, 11],
      [250, 50, 11],
    ]);
  });

  it("a window does not depend on what comes after it", async () => {
    const all = await walkForward(compile(cross), some, plain);
    const part = await walkForward(compile(cross), sliceBars(some, 0, 450), plain);
    expect(part.windows).toEqual(all.windows.slice(0, 2));
    expect(part.equity).toEqual(all.equity.slice(0, 200));
  });

  it("trades each window from its first session to its last close, with what the one before left", async () => {
    const holding = compile(
      'strategy "Hold" { enter long when close > 0 { size 50% of equity stop at close * 0.01 } }',
    );
    const { windows, equity, metrics } = await walkForward(holding, some, {
      train: 300,
      test: 150,
      purge: 0,
    });
    // Decided at the close of the first bar, bought at the next open with half of the account, sold at the last close.
    let account = 100_000;
    for (const [from, to] of [
      [300, 450],
      [450, 600],
      [600, 700],
    ]) {
      const units = (0.5 * account) / some.close[from];
      account += units * (some.close[to - 1] - some.open[from + 1]);
      expect(equity[to - 301].equity / account).toBeCloseTo(1, 9);
    }
    expect(windows).toHaveLength(3);
    expect(metrics["trades"]).toBe(3);
    expect(equity[0].equity).toBe(100_000);
    expect((metrics["total_return"] ?? NaN) * 100_000 + 100_000).toBeCloseTo(equity.at(-1)?.equity ?? NaN, 6);
  });

  it("learns from all so far where it is anchored, and leaves out what is purged", async () => {
    const { windows, kind, purge } = await walkForward(compile(cross), some, {
      ...{ train: 300, test: 200, anchored: true, purge: 20 },
    });
    expect([kind, purge]).toEqual(["anchored", 20]);
    expect(windows.map(({ learnt }) => [learnt.from, learnt.sessions])).toEqual([
      ["2015-01-02", 280],
      ["2015-01-02", 480],
    ]);
  });

  it("purges as long as the longest trade of the defaults", async () => {
    const walked = await walkForward(compile(cross), some, { train: 250, test: 400 });
    const { trials } = await optimize(compile(cross), sliceBars(some, 0, 250), {
      params: { fast: 10, slow: 40 },
    }).result;
    expect(walked.purge).toBe(Math.min(trials[0].longestHolding, 125));
    expect(walked.purge).toBeGreaterThan(0);
  });

  it("says what efficiency and luck come to, and leaves what cannot be told out", async () => {
    const result = await walkForward(compile(cross), some, { ...plain, constraints: ["trades >= 1000"] });
    expect(result.windows.every(({ params }) => params === null)).toBe(true);
    expect(result).toMatchObject({ efficiency: null, profitableWindows: 0, certainty: null });
    expect(result.verdict.word).toBe("undecided");
    expect(new Set(result.equity.map(({ equity }) => equity))).toEqual(new Set([100_000]));
  });

  it("refuses windows that do not fit, and programs of many symbols", async () => {
    await expect(walkForward(compile(cross), some, { train: 700, test: 10 })).rejects.toMatchObject({
      code: "BF5123",
    });
    const many = compile(
      'strategy "Many" { universe "A", "B" rebalance { hold top 1 by close weight equal } }',
    );
    await expect(walkForward(many, [some], plain)).rejects.toMatchObject({ code: "BF5138" });
  });
});
