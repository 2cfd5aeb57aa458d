import { sliceBars } from "@bitfever/engine";
import { describe, expect, it } from "vitest";
import { compile, crossValidate, optimize, permutationTest } from "../../src/index.js";
import { drawMarket, kindsOf } from "../../src/chance/drawing.js";
import { codeOf } from "../code-of.js";
import { barsWith, buyFalls, noise, reverting } from "./series.js";

/* Chance does as well on noise, and does not where there is something to find. */

const planted = barsWith(reverting(1, 500, 0.6));
const nothing = barsWith(noise(2, 500));
const few = { runs: 59, enough: 59 };

describe("permutation test", () => {
  it("finds what is there, and says of a choice alone that it may have been chosen", async () => {
    const search = await permutationTest(compile(buyFalls), planted, { search: true, ...few });
    expect(search.verdict.word).toBe("edge");
    expect([search.pValue, search.asGood, search.runs]).toEqual([1 / 60, 0, 59]);
    const alone = await permutationTest(compile(buyFalls), planted, few);
    expect([alone.pValue, alone.verdict.word]).toEqual([1 / 60, "undecided"]);
    const withoutRanges = buyFalls.replace(/ in 0%..1% step 0.5%/g, "");
    expect((await permutationTest(compile(withoutRanges), planted, few)).verdict.word).toBe("edge");
  });

  it("ends early on noise, with a p-value of as good ones among the runs", async () => {
    const result = await permutationTest(compile(buyFalls), nothing, { search: true, runs: 59, enough: 5 });
    const asGood = result.draws.filter((each) => each !== null && each >= (result.observed ?? NaN)).length;
    expect([result.asGood, result.runs]).toEqual([5, result.draws.length]);
    expect(asGood).toBe(5);
    expect(result.pValue).toBe(5 / result.runs);
    expect(result.verdict.word).toBe("luck");
  });

  it("compares with what the search, or the values given, come to on the bars as they were", async () => {
    const { best, trials } = await optimize(compile(buyFalls), nothing).result;
    const search = await permutationTest(compile(buyFalls), nothing, { search: true, runs: 19, enough: 1 });
    expect([search.observed, search.params]).toEqual([best?.objectives[0], best?.params]);
    const params = { fall: 0.01, rise: 0.005 };
    const alone = await permutationTest(compile(buyFalls), nothing, { params, runs: 19, enough: 1 });
    expect(alone.observed).toBe(
      trials.find((each) => each.params["fall"] === 0.01 && each.params["rise"] === 0.005)?.objectives[0],
    );
  });

  it("goes by the direction of the objective", async () => {
    const asked = { ...few, objective: "minimise total_return" };
    const worst = await permutationTest(compile(buyFalls), planted, asked);
    expect(worst.pValue).toBe(1);
  });

  it("makes nothing where it is stopped before its first draw, and has no queue", async () => {
    const given = { search: true, signal: AbortSignal.abort(), runs: 59 };
    for (const workers of [0, 2]) {
      const stopped = await permutationTest(compile(buyFalls), nothing, { ...given, workers });
      expect(stopped).toMatchObject({ stopped: true, runs: 0, observed: null });
    }
    const queue = { queue: "redis://127.0.0.1:1" } as object;
    expect(await codeOf(() => permutationTest(compile(buyFalls), nothing, queue))).toBe("BF5358");
    expect(await codeOf(() => crossValidate(compile(buyFalls), nothing, queue))).toBe("BF5358");
  });

  it("0 and 2 workers say the same, byte for byte, and another seed something else", async () => {
    const of = async (workers: number, seed: number): Promise<string> =>
      JSON.stringify(
        await permutationTest(compile(buyFalls), nothing, {
          ...{ search: true, runs: 19, enough: 19, workers, seed },
        }),
      );
    const own = await of(0, 1);
    expect(await of(2, 1)).toBe(own);
    expect(await of(0, 2)).not.toBe(own);
  }, 120_000);

  it("tells of the draws that were made where it is stopped", async () => {
    const stop = new AbortController();
    const result = await permutationTest(compile(buyFalls), nothing, {
      ...{ ...few, signal: stop.signal },
      onProgress: ({ done }) => {
        if (done === 7) stop.abort();
      },
    });
    expect([result.stopped, result.draws.length, result.verdict.word]).toEqual([true, 7, "undecided"]);
  });

  it("refuses what has no meaning", async () => {
    const strategy = compile(buyFalls);
    const refused = (options: Parameters<typeof permutationTest>[2]): Promise<string | undefined> =>
      codeOf(() => permutationTest(strategy, nothing, options));
    expect(await refused({ trials: 5 })).toBe("BF5144");
    expect(await refused({ meanBlock: 5 })).toBe("BF5144");
    expect(await refused({ bars: "bootstrapped", keepsTimeOfDay: true })).toBe("BF5144");
    expect(await refused({ objective: ["sharpe", "trades"] })).toBe("BF5144");
    expect(await refused({ bars: "bootstrapped", meanBlock: 10_000 })).toBe("BF5125");
    expect(await refused({ finer: nothing })).toBe("BF5143");
    expect(await refused({ actions: {} })).toBe("BF5143");
  });
});

describe("bars of chance", () => {
  const input = { bars: [nothing], settings: {} };

  it("keep the bars that warm the strategy up, and depend on their number alone", () => {
    const drawing = { kind: "permuted", seed: 1, from: 30 } as const;
    const [third] = drawMarket(input, drawing, 3).bars;
    expect(third.close.subarray(0, 30)).toEqual(nothing.close.subarray(0, 30));
    expect(third.close).not.toEqual(nothing.close);
    expect(drawMarket(input, drawing, 3).bars[0]).toEqual(third);
    expect(drawMarket(input, drawing, 4).bars[0]).not.toEqual(third);
  });

  it("put other markets in the same order", () => {
    const markets = { OTHER: { ...nothing, symbol: "OTHER" } };
    const drawn = drawMarket({ ...input, settings: { markets } }, { kind: "permuted", seed: 1, from: 1 }, 0);
    expect(drawn.settings.markets?.["OTHER"].close).toEqual(drawn.bars[0].close);
    expect(() =>
      drawMarket(
        { ...input, settings: { markets: { OTHER: sliceBars(nothing, 0, 400) } } },
        { kind: "permuted", seed: 1, from: 1 },
        0,
      ),
    ).toThrow(expect.objectContaining({ code: "BF5124" }));
  });

  it("change places with the first ones of sessions, or with those at their place", () => {
    const sessions = { sessionEnds: Int32Array.of(2, 4, 7), whole: { from: 0, to: 8 } };
    expect(kindsOf(sessions, false)).toEqual(Int32Array.of(0, 1, 1, 0, 1, 0, 1, 1));
    expect(kindsOf(sessions, true)).toEqual(Int32Array.of(0, 1, 2, 0, 1, 0, 1, 2));
    expect(kindsOf({ sessionEnds: Int32Array.of(0, 1), whole: { from: 0, to: 2 } }, true)).toBeUndefined();
  });
});
