import { metrics as catalogue, sliceBars, type SharedWork } from "@bitfever/engine";
import { describe, expect, it, test } from "vitest";
import { backtest, compile, optimize, type StudyResult, type StudyTrial } from "../../src/index.js";
import { bars, cross } from "./cross.js";
import { codeOf } from "../code-of.js";

describe("optimize", () => {
  it("tells its trials as they come, and answers with plain data", async () => {
    const study = optimize(compile(cross), bars, { constraints: ["trades >= 5"] });
    const told: StudyTrial[] = [];
    for await (const trial of study) told.push(trial);
    const result = await study.result;
    // fast 5, 10, 15, 20 with slow 20, 40, 60, and fast < slow: one of twelve is not allowed.
    expect(told.map(({ number }) => number)).toEqual(Array.from({ length: 11 }, (_, i) => i));
    expect(result.trials).toEqual(told);
    expect(result).toEqual(JSON.parse(JSON.stringify(result)));
    expect(result).toMatchObject({
      schema: "bitfever/optimize@1",
      stopped: false,
      method: { name: "grid" },
      counts: { trials: 11, failed: 0 },
    });
    const best = Math.max(
      ...told.flatMap(({ objectives, allowed }) => (allowed ? [objectives[0] ?? NaN] : [])),
    );
    expect(result.best?.objectives).toEqual([best]);
    expect(result.honesty).toMatchObject({ trials: 11, sessions: bars.length });
  });

  it("makes of each trial what a backtest makes of the same values, bit for bit", async () => {
    const settings = { initial_capital: 25_000, commission: 0.0007 };
    const study = optimize(compile(cross), bars, {
      ...{ settings, objective: ["sharpe", "minimise max_drawdown"], constraints: ["average_bars_held > 3"] },
    });
    const { trials } = await study.result;
    for (const { params, metrics, objectives, trades, number } of trials) {
      const { result } = await backtest(compile(cross), bars, { params, settings });
      expect(metrics).toEqual(
        Object.fromEntries(Object.keys(metrics).map((each) => [each, result.metrics[each]])),
      );
      expect(objectives).toEqual([result.metrics["sharpe"], result.metrics["max_drawdown"]]);
      expect(trades).toBe(result.trades.length);
      const again = await study.backtest(number);
      expect(again.result.metrics["net_profit"]).toBe(metrics["net_profit"]);
    }
    expect(Object.keys(trials[0].metrics)).toContain("average_bars_held");
  });

  it("keeps more metrics, or all", async () => {
    const namesOf = async (metrics?: readonly string[] | "all"): Promise<readonly string[]> =>
      Object.keys((await optimize(compile(cross), bars, { trials: 1, metrics }).result).trials[0].metrics);
    const usual = await namesOf();
    expect(usual).not.toContain("ulcer_index");
    expect(new Set(await namesOf(["ulcer_index", "sqn"]))).toEqual(new Set([...usual, "ulcer_index", "sqn"]));
    expect(await namesOf("all")).toEqual([...catalogue.keys()]);
    await expect(namesOf(["sharp"])).rejects.toMatchObject({ code: "BF5031" });
  });

  it("computes once what trials have in common, which changes none of them", async () => {
    const works: SharedWork[] = [];
    const onShared = (work: SharedWork): void => void works.push(work);
    const run = (memoryBytes: number): Promise<StudyResult> =>
      optimize(compile(cross), bars, { memoryBytes, onShared }).result;
    const [together, alone] = [await run(2 ** 30), await run(0)];
    expect(together).toEqual(alone);
    // Eleven plans with two averages, two crosses, what is asked of the kind, and a stop. Of the averages there are six, as
    // that of twenty bars is quick and slow, and one stop.
    expect(works).toEqual([
      { alone: 11 * 6, together: 6 + 1 + 11 * 3, ahead: 6 + 1, kept: 7, bytes: 7 * 8 * bars.length },
      { alone: 11 * 6, together: 11 * 6, ahead: 0, kept: 0, bytes: 0 },
    ]);
    await expect(run(0.5)).rejects.toMatchObject({ code: "BF5135" });
  });

  it("finds what nothing betters of several objectives", async () => {
    const { front, trials, best } = await optimize(compile(cross), bars, {
      objective: ["total_return", "max_drawdown"],
    }).result;
    const values = trials.map(({ objectives: [profit, fall] }) => [profit ?? NaN, fall ?? NaN]);
    const isBettered = ([profit, fall]: number[]): boolean =>
      values.some(([p, f]) => p >= profit && f <= fall && (p > profit || f < fall));
    expect(front).toEqual(trials.map(({ number }) => number).filter((each) => !isBettered(values[each])));
    expect(best?.objectives[0]).toBe(Math.max(...values.map(([profit]) => profit)));
  });

  it("searches less where parameters have values, and nothing where all have", async () => {
    const some = await optimize(compile(cross), bars, { params: { slow: 60 } }).result;
    expect(some.trials.map(({ params }) => params["slow"])).toEqual([60, 60, 60, 60]);
    expect(some.fixed).toEqual({ slow: 60, kind: "ema" });
    const { trials } = await optimize(compile(cross), bars, { params: { slow: 50, fast: 7 } }).result;
    expect(trials.map(({ params }) => params)).toEqual([{ fast: 7, slow: 50, kind: "ema" }]);
  });

  it("the same seed makes the same trials, another one others", async () => {
    const trialsOf = async (seed: number): Promise<unknown> =>
      (await optimize(compile(wide), bars, { method: "random", trials: 8, seed }).result).trials;
    expect(await trialsOf(3)).toEqual(await trialsOf(3));
    expect(await trialsOf(3)).not.toEqual(await trialsOf(4));
  });

  it("keeps the error of a trial that fails, and goes on", async () => {
    const text = cross.replace("sma(close, fast) crosses above", "sma(close, fast - 5) crosses above");
    const { trials, counts } = await optimize(compile(text), bars).result;
    const failed = trials.filter(({ error }) => error !== null);
    expect(counts.failed).toBe(failed.length);
    expect(failed.map(({ params }) => params["fast"])).toEqual([5, 5, 5]);
    expect(failed[0].error).toMatchObject({
      code: "BF5002",
      message: expect.stringContaining("sma") as string,
    });
    expect(failed[0].objectives).toEqual([null]);
  });

  it("tries the first share of the history where the method asks for less than all of it", async () => {
    const study = optimize(compile(wide), bars, {
      ...{ method: "successive_halving", trials: 40, options: { eta: 3, min_fidelity: 0.1 } },
      constraints: ["trades >= 0"],
    });
    const { trials, best, honesty } = await study.result;
    const parts = [...new Set(trials.map(({ fidelity }) => fidelity))];
    expect(parts).toHaveLength(3);
    expect(best?.fidelity).toBe(1);
    expect(honesty?.trials).toBe(trials.filter(({ error }) => error === null).length);
    const first = trials[0];
    const part = sliceBars(bars, 0, Math.ceil(first.fidelity * bars.length));
    const { result } = await backtest(compile(wide), part, { params: first.params });
    expect(first.metrics["net_profit"]).toBe(result.metrics["net_profit"]);
  });

  it("chooses nothing that breaks a constraint on the whole history, however it did on a part of it", async () => {
    const { trials, best } = await optimize(compile(wide), bars, {
      ...{ method: "successive_halving", trials: 40, options: { eta: 3, min_fidelity: 0.1 } },
      constraints: ["trades <= 5"],
    }).result;
    expect(trials.some(({ fidelity, allowed }) => fidelity < 1 && allowed)).toBe(true);
    expect(new Set(trials.filter(({ fidelity }) => fidelity === 1).map(({ allowed }) => allowed))).toEqual(
      new Set([false]),
    );
    expect(best).toBeNull();
  });

  it("is stopped by a signal or by leaving the loop, with what there is as its result", async () => {
    const stop = new AbortController();
    const study = optimize(compile(wide), bars, { method: "random", trials: 50, signal: stop.signal });
    let told = 0;
    for await (const { number } of study) {
      told++;
      if (number === 3) stop.abort();
    }
    const result = await study.result;
    expect(result.stopped).toBe(true);
    expect(result.trials).toHaveLength(told);
    expect(told).toBeLessThan(10);
    expect(result.best).not.toBeNull();

    const other = optimize(compile(wide), bars, { method: "random", trials: 50 });
    for await (const { number } of other) if (number === 2) break;
    expect((await other.result).stopped).toBe(true);
  });

  it("tells how far it is and how long it takes", async () => {
    const told: number[][] = [];
    await optimize(compile(cross), bars, {
      onProgress: ({ done, total, perSecond, leftMs }) => told.push([done, total, perSecond, leftMs ?? -1]),
    }).result;
    expect(told.map(([done]) => done)).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
    expect(told.every(([, total, rate, left]) => total === 11 && rate > 0 && left >= 0)).toBe(true);
    expect(told.at(-1)?.[3]).toBe(0);
  });

  it("has no best where no trial is allowed, and says nothing of luck then", async () => {
    const { best, honesty, front, counts } = await optimize(compile(cross), bars, {
      constraints: ["trades >= 100000"],
    }).result;
    expect({ best, honesty, front }).toEqual({ best: null, honesty: null, front: [] });
    expect(counts.disallowed).toBe(11);
  });

  test.each([
    ["BF5110", { method: "gird" }],
    ["BF5111", { method: "tpe", options: { gama: 1 } }],
    ["BF5113", { method: "cma_es", objective: ["sharpe", "cagr"] }],
    ["BF5031", { objective: "shape" }],
    ["BF5131", { objective: "trades" }],
    ["BF5030", { constraints: ["trades"] }],
    ["BF5135", { trials: 0 }],
    ["BF5135", { workers: -1 }],
    ["BF5001", { params: { quick: 1 } }],
    ["BF5002", { params: { fast: "many" } }],
    [
      "BF5046",
      {
        settings: {},
        text: cross
          .replace("{", '{ market "SPY" as spy  on spy { let other = close }')
          .replace("when kind", "when latest(other) > 0 and kind"),
      },
    ],
  ])(
    "%s: refuses %j",
    async (code, { text = cross, ...options }: Record<string, unknown> & { text?: string }) => {
      expect(await codeOf(() => optimize(compile(text), bars, options).result)).toBe(code);
    },
  );

  it("knows no trial that was not made", async () => {
    const study = optimize(compile(cross), bars);
    await study.result;
    expect(await codeOf(() => study.backtest(11))).toBe("BF5139");
    expect(await codeOf(() => study.backtest(-1))).toBe("BF5139");
  });
});

/** Far more points than trials. */
const wide = cross.replace("in 5..20 step 5", "in 2..80").replace("in 20..60 step 20", "in 20..200");
