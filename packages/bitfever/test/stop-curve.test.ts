import { barsOf, type Bars } from "@bitfever/engine";
import { describe, expect, test } from "vitest";
import { backtest } from "../src/backtest.js";
import { paperOverHistory } from "../src/paper-over-history.js";
import { compile } from "../src/strategy.js";

/** Daily bars that open and close at one price, a point above and below. */
const bars = (...closes: readonly number[]): Bars => {
  const close = Float64Array.from(closes);
  return barsOf("X", {
    ...{ open: close, close, volume: close.map(() => 1) },
    time: close.map((_, i) => Date.UTC(2024, 0, 1 + i)),
    high: close.map((price) => price + 1),
    low: close.map((price) => price - 1),
  });
};

const stopOf = async (rules: string, history: Bars): Promise<number[]> => {
  const { curves } = await backtest(compile(`strategy "S" {\n${rules}\n}`), history);
  return [...curves.stop!];
};

describe("the stop of each bar", () => {
  test("is there from the bar of the entry to that of the exit", async () => {
    const rules = "enter long when close > 100 { size 1  stop at close - 5 }";
    const found = await stopOf(rules, bars(99, 101, 102, 99, 95, 90));
    // Decided at 101, filled on the next bar, met at 96 on the one that falls to 94.
    expect(found).toEqual([NaN, NaN, 96, 96, 96, NaN]);
  });

  test("stands above a short position", async () => {
    const rules = "enter short when close < 100 { size 1  stop at close + 5 }";
    expect(await stopOf(rules, bars(101, 99, 100, 101, 110, 110))).toEqual([NaN, NaN, 104, 104, 104, NaN]);
  });

  test("is the nearest of several", async () => {
    const rules = "enter long when close > 100 { size 1  pyramid 2  stop at close - 5 }";
    expect(await stopOf(rules, bars(99, 101, 103, 104, 104))).toEqual([NaN, NaN, 96, 96, 98]);
  });

  test("is not there without one, and where nobody keeps it", async () => {
    const rules = "enter long when close > 100 { size 1  unprotected }";
    const strategy = compile(`strategy "S" {\n${rules}\n}`);
    for (const run of [backtest, paperOverHistory])
      expect((await run(strategy, bars(99, 101, 102))).curves.stop).toBeNull();
  });
});
