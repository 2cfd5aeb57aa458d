import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUnknown } from "../../src/metric.js";
import { blockSums } from "../../src/overfitting/block-sums.js";
import { countHalves, halvesOf } from "../../src/overfitting/halves.js";
import {
  joinedSplits,
  probabilityOfOverfitting,
  splitsPiece,
  type ProbabilityOfOverfitting,
} from "../../src/overfitting/probability-of-overfitting.js";
import { sliceStatistics, type SliceStatistic } from "../../src/overfitting/slice-statistic.js";
import { randomOf } from "../../src/random.js";
import { noise, normalOf, uniformRows } from "./matrices.js";

const overfittingOf = (
  rows: readonly Float64Array[],
  blocks: number,
  statistic: SliceStatistic = sliceStatistics.sharpe,
  mostSplits?: number,
): ProbabilityOfOverfitting =>
  probabilityOfOverfitting(
    rows.map((row) => blockSums(row, blocks, statistic)),
    { sessions: rows[0].length, blocks, statistic, ...(mostSplits !== undefined && { mostSplits }) },
  );

describe("by hand", () => {
  // Two blocks of two sessions; the statistic is the mean logarithm, nearly the mean. In the first block the order is
  // a, b, c, in the second c, b, a: whoever is best in one is last of three in the other, ω = 1 ÷ 4, ln(1/4 ÷ 3/4).
  const rows = [
    Float64Array.of(0.03, 0.03, -0.03, -0.03),
    Float64Array.of(0.01, 0.01, 0.01, 0.01),
    Float64Array.of(-0.03, -0.03, 0.03, 0.03),
  ];

  it("is certain where the best of one half is the last of the other", () => {
    const found = overfittingOf(rows, 2, sliceStatistics.growth);
    expect([found.probability, found.probabilityOfLoss, found.splits]).toEqual([1, 1, 2]);
    for (const logit of found.logits) expect(logit).toBeCloseTo(-Math.log(3), 14);
    expect(found.inSample[0]).toBeCloseTo(Math.log(1.03), 14);
    expect(found.outOfSample[0]).toBeCloseTo(Math.log(0.97), 14);
    // Both splits are the same point, so there is no line.
    expect(isUnknown(found.degradation)).toBe(true);
  });

  it("is nothing where one is best everywhere", () => {
    const found = overfittingOf(
      [...rows.slice(1, 2), rows[1].map((each) => each / 2)],
      2,
      sliceStatistics.growth,
    );
    // Of two the better one: ω = 2 ÷ 3.
    for (const logit of found.logits) expect(logit).toBeCloseTo(Math.log(2), 14);
    expect([found.probability, found.probabilityOfLoss]).toEqual([0, 0]);
  });

  it("gives equal trials the mean of their ranks", () => {
    const found = overfittingOf([rows[1], rows[1], rows[1]], 2);
    // Rank 2 of 3: exactly at the median, which counts as overfitted.
    expect([...found.logits]).toEqual([0, 0]);
    expect(found.probability).toBe(1);
  });
});

describe("computed elsewhere, from the returns themselves and every combination of blocks (Python, NumPy)", () => {
  // Columns: probability, of loss, slope, intercept, R², splits, mean logit.
  it.each([
    [
      "noise, blocks that are not equally long",
      uniformRows(1, 20, 103, 0),
      8,
      [
        0.6571428571428571, 0.7, -0.21206488654646546, -0.054034484567003487, 0.006248581162829371, 70,
        -0.7916103589330598,
      ],
    ],
    [
      "one that is better",
      uniformRows(2, 20, 240, 0.004),
      10,
      [
        0, 0.003968253968253968, -0.9148742836214858, 0.6873965634473403, 0.7350597632173222, 252,
        2.9605997551755263,
      ],
    ],
    [
      "more noise",
      uniformRows(5, 50, 400, 0),
      12,
      [
        0.7294372294372294, 0.7218614718614719, -0.5829159481999683, 0.05024725217377583, 0.09349762261844548,
        924, -1.0684997205073545,
      ],
    ],
  ] as const)("%s", (_, rows, blocks, expected) => {
    const { degradation, ...found } = overfittingOf(rows, blocks);
    if (isUnknown(degradation)) throw new Error(degradation.reason);
    const mean = found.logits.reduce((sum, each) => sum + each, 0) / found.splits;
    const actual = [
      ...[found.probability, found.probabilityOfLoss, degradation.slope, degradation.intercept],
      ...[degradation.rSquared, found.splits, mean],
    ];
    actual.forEach((each, i) => expect(each).toBeCloseTo(expected[i], 10));
  });
});

describe("laws", () => {
  const searches = fc
    .record({
      trials: fc.integer({ min: 2, max: 12 }),
      sessions: fc.integer({ min: 24, max: 80 }),
      seed: fc.nat(),
    })
    .map(({ trials, sessions, seed }) => noise.heavyTailed(normalOf(randomOf(seed)), trials, sessions));

  it("does not change with the size of the returns", () => {
    fc.assert(
      fc.property(searches, fc.integer({ min: -4, max: 4 }), (rows, power) => {
        const [once, scaled] = [rows, rows.map((row) => row.map((each) => each * 2 ** power))];
        expect(overfittingOf(scaled, 6).logits).toEqual(overfittingOf(once, 6).logits);
      }),
    );
  });

  it("knows nothing of the order of trials, where no two are equal", () => {
    fc.assert(
      fc.property(searches, (rows) => {
        expect(overfittingOf([...rows].reverse(), 6).logits).toEqual(overfittingOf(rows, 6).logits);
      }),
    );
  });

  it("ranks between the first and the last", () => {
    fc.assert(
      fc.property(searches, (rows) => {
        const outermost = Math.log(rows.length);
        for (const logit of overfittingOf(rows, 4).logits)
          expect(Math.abs(logit)).toBeLessThanOrEqual(outermost + 1e-12);
      }),
    );
  });

  it("is the same, to the bit, where ratios tell slices apart and where each is computed", () => {
    // Trials that are equal, still, steady or much the same are those which ratios cannot tell apart.
    const odd = fc.constantFrom<(row: Float64Array, i: number) => number>(
      (row, i) => row[i],
      () => 0,
      () => 0.001,
      () => -0.001,
      (row, i) => (i < row.length / 2 ? row[i] : 0),
      (row, i) => 0.001 + 1e-12 * row[i],
      (row, i) => row[i] * (1 + 1e-13),
      (row, i) => row[i] * 1e-9,
    );
    const { ratioAt: _, ...computed } = sliceStatistics.sharpe;
    fc.assert(
      fc.property(searches, fc.array(odd, { minLength: 2, maxLength: 12 }), (rows, changes) => {
        const changed = changes.map((change, i) => {
          const row = rows[Math.floor(i / 2) % rows.length];
          return row.map((_, k) => change(row, k));
        });
        expect(overfittingOf(changed, 8)).toEqual(overfittingOf(changed, 8, computed));
      }),
      { numRuns: 300 },
    );
  });

  it("is the same, to the bit, from however many pieces, in any order", () => {
    const statistic = sliceStatistics.sharpe;
    const given = fc.record({
      blocks: fc.constantFrom(2, 4, 8, 10),
      mostSplits: fc.constantFrom(12_870, 20, 7),
      pieces: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(searches, given, (rows, { blocks, mostSplits, pieces }) => {
        const sums = rows.map((row) => blockSums(row, blocks, statistic));
        const options = { sessions: rows[0].length, blocks, statistic, mostSplits };
        const done = Array.from({ length: pieces }, (_, piece) =>
          splitsPiece(sums, options, { piece, pieces }),
        );
        const joined = joinedSplits(structuredClone(done.reverse()), rows.length, blocks);
        expect(joined).toEqual(probabilityOfOverfitting(sums, options));
      }),
      { numRuns: 100 },
    );
  });

  it("takes each slice's Sharpe ratio as it is of its sessions", () => {
    const { first, second, of } = sliceStatistics.sharpe;
    fc.assert(
      fc.property(
        // To a millionth: squares of returns of 1e-162 are no longer numbers, and no return is one.
        fc.array(fc.integer({ min: -1e5, max: 1e5 }), { minLength: 2, maxLength: 50 }),
        (millionths) => {
          const values = millionths.map((each) => each / 1e6);
          const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
          const spread = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
          fc.pre(spread > 1e-9 * values.reduce((sum, each) => sum + each * each, 0));
          const expected = mean / Math.sqrt(spread / (values.length - 1));
          const sum = (term: (value: number) => number): number =>
            values.reduce((total, each) => total + term(each), 0);
          expect(of(values.length, sum(first), sum(second))).toBeCloseTo(expected, 5);
        },
      ),
    );
  });
});

describe("halves of blocks", () => {
  it("are as many as theory says, with as many blocks in each, in rising order", () => {
    for (const [blocks, count] of [
      [2, 2],
      [4, 6],
      [8, 70],
      [16, 12_870],
    ]) {
      const halves = [...halvesOf(blocks, 1e6, 1)];
      expect(countHalves(blocks)).toBe(count);
      expect(new Set(halves).size).toBe(count);
      expect(halves).toEqual([...halves].sort((a, b) => a - b));
      const bits = (half: number): number => half.toString(2).replaceAll("0", "").length;
      expect(halves.every((half) => bits(half) === blocks / 2)).toBe(true);
    }
  });

  it("have their complement at the mirrored place, drawn ones too", () => {
    for (const most of [1e6, 100]) {
      const halves = halvesOf(16, most, 3);
      halves.forEach((half, i) => expect(half + halves[halves.length - 1 - i]).toBe(2 ** 16 - 1));
    }
    const drawn = halvesOf(24, 500, 3);
    expect(drawn).toHaveLength(500);
    expect(new Set(drawn).size).toBe(500);
    expect(drawn).toEqual(halvesOf(24, 500, 3));
    expect(drawn).not.toEqual(halvesOf(24, 500, 4));
  });

  it("come to nearly the same when they are drawn", () => {
    const rows = uniformRows(5, 50, 400, 0);
    const drawn = overfittingOf(rows, 16, sliceStatistics.sharpe, 2_000);
    expect(drawn.splits).toBe(2_000);
    // The share of 2,000 draws is off by 0.01 as a rule, and draws come in pairs.
    expect(Math.abs(drawn.probability - overfittingOf(rows, 16).probability)).toBeLessThan(0.05);
  });
});

it("is about a half on noise, on the average", () => {
  const found = Array.from(
    { length: 60 },
    (_, seed) => overfittingOf(uniformRows(seed, 20, 160, 0), 8).probability,
  );
  const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
  // Of one search it is anything from 0 to 1 with a deviation of about 0.25: of sixty the mean is off by 0.03.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
});

it("has other statistics of a slice", () => {
  const { sortino, growth } = sliceStatistics;
  // Losses −2% of two sessions: mean 0.5%, √(0.0004 ÷ 2).
  expect(sortino.of(2, 0.01, sortino.second(-0.02) + sortino.second(0.03))).toBeCloseTo(
    0.005 / Math.sqrt(0.0002),
    12,
  );
  expect(sortino.of(2, 0.02, 0)).toBeCloseTo(100, 12);
  expect(growth.of(2, growth.first(1) + growth.first(0), 0)).toBeCloseTo(Math.log(2) / 2, 14);
  expect(growth.first(-1)).toBeCloseTo(-50, 0);
  expect(sliceStatistics.sharpe.of(10, 0, 0)).toBe(0);
});

it("refuses what cannot be split, and says what to do", () => {
  const rows = uniformRows(1, 3, 40, 0);
  expect(() => overfittingOf(rows.slice(0, 1), 4)).toThrow(
    expect.objectContaining({ code: "BF5120" }) as Error,
  );
  for (const blocks of [3, 0, 26, 22])
    expect(() => overfittingOf(rows, blocks)).toThrow(expect.objectContaining({ code: "BF5121" }) as Error);
});
