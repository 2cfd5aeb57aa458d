import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { barsOf, sliceBars } from "@bitfever/engine";
import { afterAll, describe, expect, it } from "vitest";
import { compile, optimize, walkForward, type WalkedWindow, type WalkResult } from "../../src/index.js";
import { codeOf } from "../code-of.js";
import { bars, cross } from "./cross.js";

/* What is traded was chosen before it, and nothing else is traded. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-walk-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const some = sliceBars(bars, 0, 700);
const plain = { train: 250, test: 100, purge: 0 };

describe("walk-forward", () => {
  it("chooses on the first window what a search on those bars finds best", async () => {
    const { windows } = await walkForward(compile(cross), some, plain).result;
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
    const all = await walkForward(compile(cross), some, plain).result;
    const part = await walkForward(compile(cross), sliceBars(some, 0, 450), plain).result;
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
    }).result;
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
    }).result;
    expect([kind, purge]).toEqual(["anchored", 20]);
    expect(windows.map(({ learnt }) => [learnt.from, learnt.sessions])).toEqual([
      ["2015-01-02", 280],
      ["2015-01-02", 480],
    ]);
  });

  it("purges as long as the longest trade of the defaults", async () => {
    const walked = await walkForward(compile(cross), some, { train: 250, test: 400 }).result;
    const { trials } = await optimize(compile(cross), sliceBars(some, 0, 250), {
      params: { fast: 10, slow: 40 },
    }).result;
    expect(walked.purge).toBe(Math.min(trials[0].longestHolding, 125));
    expect(walked.purge).toBeGreaterThan(0);
  });

  it("says what efficiency and luck come to, and leaves what cannot be told out", async () => {
    const result = await walkForward(compile(cross), some, { ...plain, constraints: ["trades >= 1000"] })
      .result;
    expect(result.windows.every(({ params }) => params === null)).toBe(true);
    expect(result).toMatchObject({ efficiency: null, profitableWindows: 0, certainty: null });
    expect(result.verdict.word).toBe("undecided");
    expect(new Set(result.equity.map(({ equity }) => equity))).toEqual(new Set([100_000]));
  });

  it("tells its windows as they come, and stops where a loop over them is left", async () => {
    const walk = walkForward(compile(cross), some, plain);
    const told: WalkedWindow[] = [];
    for await (const window of walk) if (told.push(window) === 2) break;
    const { windows, stopped } = await walk.result;
    expect([stopped, windows.length < 5]).toEqual([true, true]);
    expect(windows.slice(0, 2)).toEqual(told);
    const again: WalkedWindow[] = [];
    for await (const window of walk) again.push(window);
    expect(again).toEqual(windows);
  });

  it("is over where the account is gone, and says so", async () => {
    const day = 86_400_000;
    const prices = Float64Array.from({ length: 400 }, (_, i) => 100 * 1.02 ** i);
    const rising = barsOf("UP", {
      ...{ time: prices.map((_, i) => i * day), open: prices, high: prices, low: prices, close: prices },
      volume: prices.map(() => 1),
    });
    const short = compile(
      `strategy "Short" { param n: bars = 5 in 5..6 enter short when close > sma(close, n) { size 100% of equity unprotected } }`,
    );
    const walk = walkForward(short, rising, {
      ...{ train: 100, test: 60, purge: 0, objective: "maximise trades" },
    });
    expect(await walk.result).toMatchObject({ stopped: false, ruined: true, windows: { length: 1 } });
  });

  it("goes on with a study where it was stopped, and is the same to the byte", async () => {
    const [whole, cut] = [join(folder, "whole.jsonl"), join(folder, "cut.jsonl")];
    const result = await walkForward(compile(cross), some, { ...plain, study: whole }).result;
    expect(result).toEqual(await walkForward(compile(cross), some, plain).result);
    const lines = readFileSync(whole, "utf8").split("\n");
    expect(lines).toHaveLength(1 + 5 * 11 + 1);
    // Stopped in the second window, in the middle of a line.
    writeFileSync(cut, lines.slice(0, 17).join("\n") + `\n${lines[17].slice(0, 30)}`);
    let made = 0;
    const onProgress = (): void => {
      made++;
    };
    expect(await walkForward(compile(cross), some, { ...plain, study: cut, onProgress }).result).toEqual(
      result,
    );
    expect(readFileSync(cut, "utf8")).toBe(readFileSync(whole, "utf8"));
    expect(made).toBe(5 * 11);
  });

  it("refuses a study of other windows, or of none, and windows that do not fit", async () => {
    const study = join(folder, "other.jsonl");
    await walkForward(compile(cross), some, { ...plain, study }).result;
    expect(await codeOf(() => walkForward(compile(cross), some, { ...plain, test: 90, study }).result)).toBe(
      "BF5133",
    );
    expect(await codeOf(() => optimize(compile(cross), some, { study }).result)).toBe("BF5133");
    expect(await codeOf(() => walkForward(compile(cross), some, { train: 700, test: 10 }))).toBe("BF5123");
  });
});

describe("walk-forward of many symbols", () => {
  const hold = compile(
    'strategy "Hold" { universe "A", "B" rebalance { hold top 2 by close weight equal } }',
  );
  const a = { ...some, symbol: "A" };
  // Worth more each day, and there from bar 400 on.
  const late = sliceBars({ ...some, symbol: "B" }, 400, 700);

  it("trades members from the first bar of a window on, those that came late too", async () => {
    const { windows, metrics } = await walkForward(hold, [a, late], { train: 300, test: 200, purge: 0 })
      .result;
    expect(windows.map(({ traded }) => traded.sessions)).toEqual([200, 200]);
    // In the first window each is bought once it is there, in the second both at its beginning.
    expect(metrics["trades"]).toBeGreaterThanOrEqual(4);
    const first = compile('strategy "Hold" { universe "A" rebalance { hold top 2 by close weight equal } }');
    const alone = await walkForward(first, [a], { train: 300, test: 100, purge: 0 }).result;
    const equity = (of: WalkResult, i: number): number => of.equity[i].equity;
    const both = await walkForward(hold, [a, late], { train: 300, test: 100, purge: 0 }).result;
    // Until the second is there, the first alone is held.
    for (const i of [0, 50, 99]) expect(equity(both, i)).toBe(equity(alone, i));
    expect(equity(both, 250)).not.toBe(equity(alone, 250));
  });

  it("does not depend on what comes after a window", async () => {
    const all = await walkForward(hold, [a, late], { train: 300, test: 200, purge: 0 }).result;
    const part = await walkForward(hold, [sliceBars(a, 0, 500), sliceBars(late, 0, 100)], {
      ...{ train: 300, test: 200, purge: 0 },
    }).result;
    expect(part.equity).toEqual(all.equity.slice(0, 200));
  });
});
