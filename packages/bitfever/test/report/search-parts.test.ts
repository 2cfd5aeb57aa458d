import { describe, expect, test } from "vitest";
import { cellsOf, partsOf, statisticOf } from "../../src/search-report/cells.js";
import { explainedShare } from "../../src/search-report/explained-share.js";
import { linearScale, logarithmicScale, namedScale } from "../../src/search-report/scale.js";
import { shellWord } from "../../src/search-report/shell-word.js";
import { trialFilter } from "../../src/search-report/trial-filter.js";
import type { TrialColumn } from "../../src/search-report/trial-columns.js";

/* What the page of a search counts, without a page. */

const column = (name: string, values: readonly number[], changes: Partial<TrialColumn> = {}): TrialColumn => {
  const known = values.filter((each) => !Number.isNaN(each));
  return {
    ...{ name, title: name, better: "higher", names: null, count: null, text: String, exact: String },
    values: Float64Array.from(values),
    scale: linearScale(Math.min(...known), Math.max(...known), String),
    ...changes,
  };
};

describe("parts of a parameter", () => {
  test("are its values where they are few", () => {
    const { parts, partOf } = partsOf(column("a", [3, 1, NaN, 3]));
    expect(parts.map(({ text }) => text)).toEqual(["1", "3"]);
    expect([...partOf]).toEqual([1, 0, -1, 1]);
  });

  test("put as many neighbours of a grid together as it takes, the same number in each", () => {
    const values = Array.from({ length: 460 }, (_, i) => 5 + (i % 46));
    const { parts, partOf } = partsOf(column("a", values, { count: 46 }));
    expect(parts).toHaveLength(16);
    expect([parts[0], parts[1], parts[15]]).toEqual([
      { from: 5, to: 7, text: "5" },
      { from: 8, to: 10, text: "8" },
      { from: 50, to: 50, text: "50" },
    ]);
    expect([...partOf.slice(0, 4)]).toEqual([0, 0, 0, 1]);
    expect(partOf[45]).toBe(15);
  });

  test("are of equal length where any number may be, by ratios on a logarithmic scale, and fewer of few trials", () => {
    const values = Array.from({ length: 36 }, (_, i) => 10 ** (i / 35));
    const { parts, partOf } = partsOf(column("a", values, { scale: logarithmicScale(1, 10, String) }));
    expect(parts.map(({ from }) => from)).toEqual([1, 1.47, 2.15, 3.16, 4.64, 6.81]);
    expect(parts.map(({ to }) => to)).toEqual([1.47, 2.15, 3.16, 4.64, 6.81, 10]);
    expect([partOf[0], partOf[5], partOf[6], partOf[35]]).toEqual([0, 0, 1, 5]);
  });

  test("of names are all of them", () => {
    const names = Array.from({ length: 30 }, (_, i) => `n${i}`);
    expect(partsOf(column("a", [...names.keys()], { names, scale: namedScale(names) })).parts).toHaveLength(
      30,
    );
  });
});

describe("cells", () => {
  const [a, b] = [column("a", [1, 1, 2, 2, 2]), column("b", [1, 1, 1, 2, 2])].map(partsOf);
  const values = column("v", [4, 2, 5, NaN, 7]);

  test("have the trials of two parts that have a value and are shown", () => {
    const cells = cellsOf([a, b], values, "best", (trial) => trial !== 2);
    expect(cells.map((row) => row.map(({ trials, value }) => [trials, value]))).toEqual([
      [
        [[0, 1], 4],
        [[], NaN],
      ],
      [
        [[], NaN],
        [[4], 7],
      ],
    ]);
  });

  test.each([
    ["best", 9, 1],
    ["worst", 1, 9],
    ["median", 3, 3],
    ["mean", 4, 4],
    ["count", 4, 4],
  ] as const)("%s of 9, 2, 4, 1", (statistic, ofMore, ofLess) => {
    expect(statisticOf([9, 2, 4, 1], statistic, "higher")).toBe(ofMore);
    expect(statisticOf([9, 2, 4, 1], statistic, "lower")).toBe(ofLess);
  });
});

describe("what a parameter explains", () => {
  const groups = Int32Array.from({ length: 60 }, (_, i) => i % 3);

  test("is all where the group is all there is, and nothing where it says nothing", () => {
    expect(explainedShare([...groups], groups)).toBe(1);
    const apart = Array.from(groups, (_, i) => Math.floor(i / 3));
    expect(explainedShare(apart, groups)).toBe(0);
  });

  test("is that of the Kruskal-Wallis statistic", () => {
    // kruskal([1, 4, 2, 8], [3, 9, 10], [5, 6, 7, 11]) of SciPy is 2.893939393939398; epsilon² is (H − k + 1) ÷ (n − k).
    const values = [1, 4, 2, 8, 3, 9, 10, 5, 6, 7, 11];
    const of = Int32Array.from([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2]);
    expect(explainedShare(values, of)).toBeCloseTo((2.893939393939398 - 3 + 1) / (11 - 3), 12);
  });

  test("cannot be told of one group, of too few values, or of equal ones", () => {
    expect(explainedShare([1, 2, 3, 4], Int32Array.from([0, 0, 0, 0]))).toBeNull();
    expect(explainedShare([1, 2, 3], Int32Array.from([0, 1, 2]))).toBeNull();
    expect(explainedShare([1, 1, 1, 1, 1], Int32Array.from([0, 1, 0, 1, 0]))).toBeNull();
    expect(explainedShare([1, NaN, NaN], Int32Array.from([0, 1, -1]))).toBeNull();
  });
});

describe("scales", () => {
  test("of numbers have round ticks, and put what lies beyond at their ends", () => {
    const { shareOf, ticks, valueAt } = linearScale(0, 47, (value, decimals) => value.toFixed(decimals));
    expect(ticks(5).map(({ text }) => text)).toEqual(["0", "10", "20", "30", "40"]);
    expect([shareOf(23.5), shareOf(-9), shareOf(99), valueAt(0.5)]).toEqual([0.5, 0, 1, 23.5]);
  });

  test("of ratios have powers of ten", () => {
    const { ticks, shareOf } = logarithmicScale(0.001, 0.1, String);
    expect(ticks(3).map(({ value }) => value)).toEqual([0.001, 0.01, 0.1]);
    expect(shareOf(0.01)).toBeCloseTo(0.5, 12);
  });

  test("of one value are as wide as they have to be", () => {
    expect(linearScale(3, 3, String).shareOf(3)).toBeCloseTo(0.5, 12);
    expect(linearScale(0, 0, String).shareOf(0)).toBeCloseTo(0.5, 12);
  });
});

describe("the filter of trials", () => {
  const columns = [
    column("fast", [5, 10, 20, NaN]),
    column("sharpe * sqrt(trades)", [1, 2, 3, 4]),
    column("kind", [0, 1, 1, 0], { names: ["ema", "sma"] }),
    column("hold", [60_000, 120_000, 60_000, 60_000], { text: (value) => `${value / 60_000}m` }),
    column("max_drawdown", [0.05, 0.1, 0.2, 0.3]),
  ];
  const kept = (text: string): readonly number[] | string => {
    const test = trialFilter(text, columns);
    return typeof test === "string" ? test : [0, 1, 2, 3].filter(test);
  };

  test.each([
    ["fast >= 10", [1, 2]],
    ["fast < 20 and kind = sma", [1]],
    ["sharpe * sqrt(trades) > 2.5, fast != 5", [2]],
    ["hold == 1m", [0, 2, 3]],
    ["max_drawdown <= 10%", [0, 1]],
    ["", [0, 1, 2, 3]],
  ])("%s", (text, wanted) => {
    expect(kept(text)).toEqual(wanted);
  });

  test.each([
    ["slow > 3", /there is no “slow”; there are fast, /],
    ["fast", /“fast” is no comparison: write one such as fast > 10/],
    ["kind = wma", /“wma” is no value of kind/],
    ["fast > many", /“many” is no value of fast/],
  ])("says what is wrong with %s", (text, wanted) => {
    expect(kept(text)).toMatch(wanted);
  });
});

test.each([
  ["prices.csv", "prices.csv"],
  ["my prices.csv", "'my prices.csv'"],
  ["it's", `'it'\\''s'`],
  ["$(rm)", "'$(rm)'"],
])("%s is one word of a shell", (text, wanted) => {
  expect(shellWord(text)).toBe(wanted);
});
