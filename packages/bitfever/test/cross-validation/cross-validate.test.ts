import { sliceBars } from "@bitfever/engine";
import { describe, expect, it } from "vitest";
import { compile, crossValidate, optimize } from "../../src/index.js";
import { FoldRunner, firstShare } from "../../src/cross-validation/fold-runner.js";
import { searchSetup } from "../../src/optimize/search-setup.js";
import { codeOf } from "../code-of.js";
import { bars, cross } from "../optimize/cross.js";

/* What is tested is not learnt from, and pieces of a history are traded as one account. */

const some = sliceBars(bars, 0, 600);
const apart = { purge: 10, embargo: 60 };
const holding = compile(
  'strategy "Hold" { enter long when close > 0 { size 50% of equity stop at close * 0.01 } }',
);

/** What holding from the open after the first bar to the last close of each span comes to. */
const held = (spans: readonly (readonly [number, number])[]): number =>
  spans.reduce((account, [from, to]) => {
    const units = (0.5 * account) / some.close[from];
    return account + units * (some.close[to - 1] - some.open[from + 1]);
  }, 100_000);

describe("cross-validation", () => {
  it("chooses what a search finds best on what is learnt from", async () => {
    const { splits } = await crossValidate(compile(cross), some, { groups: 3, ...apart });
    const { best } = await optimize(compile(cross), sliceBars(some, 0, 390)).result;
    expect(splits[2].params).toEqual(best?.params);
    expect(splits[2].inSample).toBeCloseTo(best?.objectives[0] ?? NaN, 12);
    expect(
      splits.map(({ learnt, tested }) => [learnt, tested].map((spans) => spans.map((each) => each.sessions))),
    ).toEqual([
      [[330], [200]],
      [[190, 130], [200]],
      [[390], [200]],
    ]);
    expect(splits.map(({ trials }) => trials)).toEqual([11, 11, 11]);
  });

  it("learns nothing from what is tested: other prices there change nothing that was learnt", async () => {
    const close = some.close.map((each, i) => (i >= 200 && i < 400 ? 300 - i / 4 : each));
    const open = some.open.map((each, i) => (i >= 200 && i < 400 ? close[i] : each));
    const other = {
      ...some,
      open,
      close,
      high: close.map((each, i) => Math.max(each, open[i], some.high[i])),
    };
    other.low = close.map((each, i) => Math.min(each, open[i], some.low[i]));
    const [[, split], [, changed]] = await Promise.all(
      [some, other].map(
        async (each) => (await crossValidate(compile(cross), each, { groups: 3, ...apart })).splits,
      ),
    );
    expect([changed.params, changed.inSample, changed.inSampleReturn]).toEqual([
      split.params,
      split.inSample,
      split.inSampleReturn,
    ]);
    expect(changed.outOfSampleReturn).not.toBe(split.outOfSampleReturn);
  });

  it("puts the tests together to whole histories, flat where a group ends", async () => {
    const result = await crossValidate(holding, some, { groups: 4, testGroups: 2, purge: 0, embargo: 0 });
    expect([result.splits.length, result.paths.length]).toEqual([6, 3]);
    expect(result.paths.map(({ splits }) => splits)).toEqual([
      [0, 0, 1, 2],
      [1, 3, 3, 4],
      [2, 4, 5, 5],
    ]);
    const groups = [0, 150, 300, 450].map((from) => [from, from + 150] as const);
    for (const { equity, metrics } of result.paths) {
      expect(equity).toHaveLength(600);
      expect((equity.at(-1) ?? NaN) / held(groups)).toBeCloseTo(1, 9);
      expect(metrics["trades"]).toBe(4);
    }
    expect(result.dates).toHaveLength(600);
    expect(result.distribution?.p5).toBe(result.paths[0].objective);
  });

  it("leaves out as long as the longest trade of the defaults, and as long as indicators look back", async () => {
    const { purge, embargo } = await crossValidate(compile(cross), some, { groups: 3 });
    const { trials } = await optimize(compile(cross), some, { params: { fast: 10, slow: 40 } }).result;
    expect(purge).toBe(Math.min(trials[0].longestHolding, 50));
    // Sixty bars of the slowest average, of which the cross looks at one more.
    expect(embargo).toBe(60);
  });

  it("0 and 2 workers say the same, byte for byte", async () => {
    const of = async (workers: number): Promise<string> =>
      JSON.stringify(await crossValidate(compile(cross), some, { groups: 3, workers, ...apart }));
    expect(await of(2)).toBe(await of(0));
  }, 120_000);

  it("tells of the splits that were made where it is stopped", async () => {
    const stop = new AbortController();
    const result = await crossValidate(compile(cross), some, {
      ...{ groups: 3, ...apart, signal: stop.signal },
      onProgress: ({ done }) => {
        if (done === 2) stop.abort();
      },
    });
    expect([result.stopped, result.splits.length, result.paths, result.verdict.word]).toEqual([
      ...[true, 2, [], "undecided"],
    ]);
  });

  it("refuses groups that do not fit", async () => {
    expect(await codeOf(() => crossValidate(compile(cross), some, { groups: 1 }))).toBe("BF5122");
    expect(await codeOf(() => crossValidate(compile(cross), some, { groups: 3, testGroups: 3 }))).toBe(
      "BF5122",
    );
    expect(await codeOf(() => crossValidate(compile(cross), some, { groups: 2, purge: 300 }))).toBe("BF5122");
  });
});

describe("spans traded in turn", () => {
  const folds = new FoldRunner(searchSetup(holding, some, {}));
  const spans = [
    { from: 50, to: 100 },
    { from: 200, to: 320 },
  ];
  const whole = folds.trade(
    spans.map((span) => ({ span, point: [] })),
    "needed",
  );

  it("are one account: each begins with what the one before left", () => {
    expect(whole.sessionEquity.at(-1) ?? NaN).toBeCloseTo(
      held([
        [50, 100],
        [200, 320],
      ]),
      6,
    );
    expect(Array.from(whole.trades.entryBar)).toEqual([1, 51]);
    expect(Array.from(whole.trades.exitBar)).toEqual([49, 169]);
    expect(whole.heldBars).toBe(170 - 2);
    expect([whole.sessionEnds.length, whole.sessionEquity.length, whole.equity.length]).toEqual([
      170, 171, 170,
    ]);
  });

  it("have no time between them, and no move of the market in it", () => {
    const { bars: joined, benchmark, sessionClose } = whole;
    expect(joined.time[50] - joined.time[49]).toBe(some.intervalMs);
    expect(joined.time[169] - joined.time[50]).toBe(some.time[319] - some.time[200]);
    expect(joined.close[50]).toBe(some.close[200]);
    expect(benchmark.open[50]).toBeCloseTo(some.close[99], 9);
    expect(sessionClose[170] / sessionClose[50]).toBeCloseTo(some.close[319] / some.open[200], 9);
  });

  it("are cut to their first sessions where a method tries less", () => {
    expect(firstShare(spans, 1)).toEqual(spans);
    expect(firstShare(spans, 0.5)).toEqual([spans[0], { from: 200, to: 235 }]);
    expect(firstShare(spans, 0.1)).toEqual([{ from: 50, to: 67 }]);
  });
});
