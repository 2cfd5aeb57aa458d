import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combinatorial, pathValues, type CombinatorialOptions } from "../../src/validation/combinatorial.js";
import { kFold } from "../../src/validation/k-fold.js";
import { spansInBars, trainingBeside, type Span, type ValidationSplit } from "../../src/validation/split.js";
import { walkForward, type WalkForwardOptions } from "../../src/validation/walk-forward.js";

const placesOf = (spans: readonly Span[]): number[] =>
  spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));

const allOf = (total: number): number[] => Array.from({ length: total }, (_, i) => i);

/** What the distances ask, place by place: an independent reading of the definition. */
function expectApart({ train, test }: ValidationSplit, total: number, purge: number, embargo: number): void {
  const tested = placesOf(test);
  const isNear = (place: number): boolean =>
    tested.some((each) => (place <= each ? each - place <= purge : place - each <= purge + embargo));
  expect(placesOf(train)).toEqual(allOf(total).filter((place) => !isNear(place)));
}

const cuts = fc
  .record({
    groups: fc.integer({ min: 3, max: 7 }),
    length: fc.integer({ min: 6, max: 20 }),
    extra: fc.nat({ max: 6 }),
    testGroups: fc.integer({ min: 1, max: 3 }),
    purge: fc.nat({ max: 2 }),
    embargo: fc.nat({ max: 3 }),
  })
  .map(({ groups, length, extra, testGroups, ...distances }) => ({
    total: groups * length + extra,
    options: { groups, testGroups: Math.min(testGroups, groups - 2), ...distances },
  }));

/** Nothing where the distances leave nothing to learn from, which is refused. */
function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    expect(error).toMatchObject({ code: "BF5122" });
    return null;
  }
}

describe("k-fold", () => {
  it("tests every session once, and learns from nothing too near", () => {
    fc.assert(
      fc.property(cuts, ({ total, options: { groups, purge, embargo } }) => {
        const splits = kFold(total, { folds: groups, purge, embargo });
        expect(splits.flatMap(({ test }) => placesOf(test))).toEqual(allOf(total));
        for (const split of splits) expectApart(split, total, purge, embargo);
      }),
    );
  });

  it("is the one of the book, by hand", () => {
    // Chapter 7: of 10 sessions in 5 folds the third, 4 and 5, is tested. A trade lasts one session more: 3 is purged, as it
    // ends in 4, and 6, as the trade of 5 ends in it. 7 and 8 are embargoed. What is left is 0 to 2, and 9.
    expect(kFold(10, { folds: 5, purge: 1, embargo: 2 })[2]).toEqual({
      train: [
        { from: 0, to: 3 },
        { from: 9, to: 10 },
      ],
      test: [{ from: 4, to: 6 }],
    });
    expect(kFold(10, { folds: 5, purge: 1 })[1].train).toEqual([
      { from: 0, to: 1 },
      { from: 5, to: 10 },
    ]);
  });
});

describe("combinatorial", () => {
  it("tests every session in as many paths as theory says, and each path is a whole history", () => {
    fc.assert(
      fc.property(cuts, ({ total, options }) => {
        const made = attempt(() => combinatorial(total, options));
        if (made === null) return;
        const { splits, paths, groups } = made;
        const { groups: count, testGroups } = options;
        expect(paths).toHaveLength((splits.length * testGroups) / count);
        for (const split of splits) expectApart(split, total, options.purge, options.embargo);
        for (const path of paths) {
          path.forEach((split, group) => expect(splits[split].tested).toContain(group));
          expect(placesOf(path.map((_, group) => groups[group]))).toEqual(allOf(total));
        }
        // No test of a split is used twice, and none is left over.
        const used = paths.flatMap((path) => path.map((split, group) => `${split} ${group}`));
        expect(new Set(used).size).toBe(splits.length * testGroups);
      }),
    );
  });

  it("puts the values of a split where its groups are", () => {
    fc.assert(
      fc.property(cuts, ({ total, options }) => {
        const made = attempt(() => combinatorial(total, options));
        if (made === null) return;
        const values = made.splits.map(({ test }, split) =>
          Float64Array.from(placesOf(test), (at) => 1000 * split + at),
        );
        pathValues(made, values).forEach((path, i) => {
          path.forEach((value, at) => {
            const group = made.groups.findIndex(({ to }) => at < to);
            expect(value).toBe(1000 * made.paths[i][group] + at);
          });
        });
      }),
    );
  });

  it("has the splits and the paths of the book for six groups, two at a time", () => {
    // Chapter 12, figures 12.1 and 12.2: 15 splits, 5 paths. Group 1 is tested in splits 1 to 5, group 2 in 1 and 6 to 9, and
    // so on; the first path takes (G1, S1), (G2, S1), (G3, S2), (G4, S3), (G5, S4), (G6, S5), the second (G1, S2), (G2, S6),
    // (G3, S6), (G4, S7), (G5, S8), (G6, S9).
    const { splits, paths } = combinatorial(60, { groups: 6, testGroups: 2 });
    const oneBased = (values: readonly number[]): number[] => values.map((each) => each + 1);
    expect(splits.map(({ tested }) => oneBased(tested).join(" "))).toEqual([
      ...["1 2", "1 3", "1 4", "1 5", "1 6", "2 3", "2 4", "2 5", "2 6"],
      ...["3 4", "3 5", "3 6", "4 5", "4 6", "5 6"],
    ]);
    expect(paths.map(oneBased)).toEqual([
      [1, 1, 2, 3, 4, 5],
      [2, 6, 6, 7, 8, 9],
      [3, 7, 10, 10, 11, 12],
      [4, 8, 11, 13, 13, 14],
      [5, 9, 12, 14, 15, 15],
    ]);
  });

  it("tests neighbours as one span, so that nothing is purged between them", () => {
    const { splits } = combinatorial(30, { groups: 3, testGroups: 2, purge: 2, embargo: 1 });
    expect(splits.map(({ test, train }) => ({ test, train }))).toEqual([
      { test: [{ from: 0, to: 20 }], train: [{ from: 23, to: 30 }] },
      {
        test: [
          { from: 0, to: 10 },
          { from: 20, to: 30 },
        ],
        train: [{ from: 13, to: 18 }],
      },
      { test: [{ from: 10, to: 30 }], train: [{ from: 0, to: 8 }] },
    ]);
  });
});

describe("walk-forward", () => {
  const walks: fc.Arbitrary<{ total: number; options: WalkForwardOptions }> = fc.record({
    total: fc.integer({ min: 60, max: 400 }),
    options: fc.record({
      kind: fc.constantFrom("rolling", "anchored"),
      windows: fc.integer({ min: 1, max: 8 }),
      testShare: fc.double({ min: 0.1, max: 0.6, noNaN: true }),
      purge: fc.nat({ max: 3 }),
    }),
  });

  it("tests everything after the first window once, always after what it learns from", () => {
    fc.assert(
      fc.property(walks, ({ total, options }) => {
        const splits = walkForward(total, options);
        const first = splits[0].test[0].from;
        expect(splits.flatMap(({ test }) => placesOf(test))).toEqual(allOf(total).slice(first));
        for (const { train, test } of splits) expect(train[0].to).toBe(test[0].from - (options.purge ?? 0));
        if (options.kind === "anchored") for (const { train } of splits) expect(train[0].from).toBe(0);
      }),
    );
  });

  it("has as many windows as asked, of nearly the share asked", () => {
    fc.assert(
      fc.property(walks, ({ total, options }) => {
        fc.pre("windows" in options);
        const splits = walkForward(total, { ...options, kind: "rolling" });
        expect(splits).toHaveLength(options.windows);
        const tests = splits.map(({ test }) => test[0].to - test[0].from);
        expect(new Set(tests).size).toBe(1);
        // The test is rounded down by less than one, all of which is learnt from.
        const exact = total / (options.windows + (1 - options.testShare) / options.testShare);
        expect(exact - tests[0]).toBeLessThan(1);
        expect(exact - tests[0]).toBeGreaterThan(-1e-6);
      }),
    );
  });

  it("is what was worked out by hand", () => {
    // total = train + 4 × test with train = 4 × test: 8 × test = 1000.
    expect(walkForward(1000, { kind: "rolling", windows: 4, testShare: 0.2 })[1]).toEqual({
      train: [{ from: 125, to: 625 }],
      test: [{ from: 625, to: 750 }],
    });
    expect(walkForward(10, { kind: "anchored", train: 4, test: 4, purge: 1 })).toEqual([
      { train: [{ from: 0, to: 3 }], test: [{ from: 4, to: 8 }] },
      { train: [{ from: 0, to: 7 }], test: [{ from: 8, to: 10 }] },
    ]);
  });
});

it("says which bars spans of sessions are", () => {
  // Sessions of three, one and two bars.
  const ends = Int32Array.of(2, 3, 5);
  const spans = [
    { from: 0, to: 1 },
    { from: 1, to: 3 },
  ];
  expect(spansInBars(spans, ends)).toEqual([
    { from: 0, to: 3 },
    { from: 3, to: 6 },
  ]);
  expect(spansInBars([{ from: 0, to: 0 }], ends)).toEqual([{ from: 0, to: 0 }]);
});

describe("what does not fit is refused, with the numbers", () => {
  const withCode = (code: string, message: string): Error =>
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error;

  it("folds and distances", () => {
    expect(() => kFold(10, { folds: 1 })).toThrow(withCode("BF5122", "folds is 1"));
    expect(() => kFold(3, { folds: 4 })).toThrow(
      withCode("BF5122", "3 sessions or bars cannot be cut into 4 parts"),
    );
    expect(() => kFold(10, { folds: 2, purge: 1.5 })).toThrow(withCode("BF5122", "purge is 1.5"));
    expect(() => kFold(10, { folds: 2, embargo: -1 })).toThrow(withCode("BF5122", "embargo is -1"));
    expect(() => trainingBeside(10, [{ from: 2, to: 8 }], { purge: 3 })).toThrow(
      withCode("BF5122", "nothing is left to learn from beside 2 to 8 of 10"),
    );
  });

  it.each<[CombinatorialOptions, string]>([
    [{ groups: 4, testGroups: 4 }, "4 of 4 groups leave none to learn from"],
    [{ groups: 30, testGroups: 10 }, "can be chosen in 30045015 ways"],
    [{ groups: 5.5, testGroups: 2 }, "the number of groups is 5.5"],
  ])("groups %o", (options, said) => {
    expect(() => combinatorial(1000, options)).toThrow(withCode("BF5122", said));
  });

  it.each<[WalkForwardOptions, string]>([
    [{ kind: "rolling", train: 100, test: 10 }, "learn from 100 and test 10 do not fit into 100"],
    [{ kind: "rolling", train: 10, test: 0 }, "learn from 10 and test 0"],
    [{ kind: "rolling", train: 10, test: 5, purge: 10 }, "of 10 that are learnt from, 10 are left out"],
    [{ kind: "rolling", windows: 0, testShare: 0.2 }, "0 windows of which 0.2 is tested"],
    [{ kind: "rolling", windows: 400, testShare: 0.2 }, "learn from 100 and test 0"],
  ])("windows %o", (options, said) => {
    expect(() => walkForward(100, options)).toThrow(withCode("BF5123", said));
  });
});
