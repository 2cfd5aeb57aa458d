import { fileURLToPath } from "node:url";
import { sliceBars } from "@bitfever/engine";
import { describe, expect, it } from "vitest";
import { backtest, compile, optimize, readBars, walkForward, type Bars } from "../../src/index.js";
import { bars } from "./cross.js";

/* Trials of many symbols, and windows of programs that look at slower clocks and other markets. */

const root = fileURLToPath(new URL("../../../../examples/data/", import.meta.url));
const members = await Promise.all(
  ["ALDER", "BIRCH", "CEDAR"].map(async (symbol): Promise<Bars> => ({
    ...(await readBars(`${root}SYNTHETIC-universe/${symbol}.csv`)),
    symbol,
  })),
);

describe("a trial of many symbols", () => {
  const rotation = compile(`strategy "Rotation" {
    param months: bars = 40 in 20..60 step 20
    universe
    rebalance { hold top 1 by close / close[months] weight equal }
  }`);

  it("is what a backtest makes of it, on the whole history and on its first part", async () => {
    const { trials } = await optimize(rotation, members, { settings: { commission: 0.001 } }).result;
    expect(trials).toHaveLength(3);
    for (const { params, metrics } of trials) {
      const { result } = await backtest(rotation, members, { params, settings: { commission: 0.001 } });
      expect(metrics).toEqual(
        Object.fromEntries(Object.keys(metrics).map((each) => [each, result.metrics[each]])),
      );
    }
    const halved = await optimize(rotation, members, {
      ...{ method: "successive_halving", trials: 4, options: { eta: 2, min_fidelity: 0.5 } },
    }).result;
    const [first] = halved.trials;
    expect(first.fidelity).toBe(0.5);
    const half = members.map((each) => sliceBars(each, 0, 500));
    const { result } = await backtest(rotation, half, { params: first.params });
    expect(first.metrics["net_profit"]).toBe(result.metrics["net_profit"]);
  });
});

describe("a window of a program with slower clocks and other markets", () => {
  const some = sliceBars(bars, 0, 600);
  const slow = compile(`strategy "Slow" on 1d {
    param length: bars = 5 in 3..9 step 3
    market "INDEX" as index
    on 1w { let trend = ema(close, 4) }
    on index { let other = sma(close, length) }
    enter long when close > latest(trend) and latest(other) > 0 { size 50% of equity stop at close * 0.8 }
    exit long when close < latest(trend)
  }`);

  it("does not depend on what comes after it", async () => {
    const options = { train: 200, test: 100, purge: 0, markets: { INDEX: some } };
    const all = await walkForward(slow, some, options).result;
    const part = await walkForward(slow, sliceBars(some, 0, 400), options).result;
    expect(all.windows).toHaveLength(4);
    expect(part.windows).toEqual(all.windows.slice(0, 2));
    expect(all.windows.some(({ metrics }) => (metrics["trades"] ?? 0) > 0)).toBe(true);
  });
});
