import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedBest } from "../../src/expected-best.js";
import { effectiveTrials } from "../../src/overfitting/effective-trials.js";
import { RealityCheck, type RealityCheckResult } from "../../src/overfitting/reality-check.js";
import { randomOf } from "../../src/random.js";
import { noise, normalOf, uniformRows } from "./matrices.js";

function check(rows: readonly Float64Array[], meanBlock = 1, draws = 5_000): RealityCheckResult {
  const check = new RealityCheck({ sessions: rows[0].length, draws, seed: 1, meanBlock });
  return check.result(Math.max(...rows.map((row) => check.add(row))));
}

/** Rows of a mean 0.1% lower, of a deviation of 1%. */
const evened = (rows: readonly Float64Array[]): Float64Array[] =>
  rows.map((row) => {
    const lower = row.map((each) => each - 0.001);
    const mean = lower.reduce((sum, each) => sum + each, 0) / row.length;
    const spread = Math.sqrt(lower.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (row.length - 1));
    return lower.map((each) => (each / spread) * 0.01);
  });

// The package arch (8.0, Python) with 50,000 draws; ours are 5,000, so that a p-value of a half is off by 0.007 as a rule.
const tolerance = 0.025;

describe("beside another implementation", () => {
  it.each([
    ["nothing", 11, 0, 1, 0.98096],
    ["nothing, in blocks of 6", 11, 0, 6, 0.98224],
    ["one that is much better", 12, 0.003, 1, 0.0022],
    ["one that is much better, in blocks of 6", 12, 0.003, 6, 0.00358],
    ["one that is a little better", 13, 0.002, 1, 0.1379],
    ["one that is a little better, in blocks of 6", 13, 0.002, 6, 0.13796],
  ])("White's, %s", (_, seed, lift, meanBlock, expected) => {
    const { white } = check(uniformRows(seed, 15, 250, lift), meanBlock);
    expect(Math.abs(white - expected)).toBeLessThan(expected < 0.01 ? 0.002 : tolerance);
  });

  it.each([
    [12, 0.0015, [0.59034, 0.95954, 0.99984]],
    [13, 0.002, [0.37188, 0.76234, 0.93226]],
    [14, 0.001, [0.75506, 0.9596, 0.99042]],
  ])("Hansen's with both bounds, where most trials lose (seed %i)", (seed, lift, expected) => {
    const { hansen } = check(evened(uniformRows(seed, 15, 250, lift)));
    [hansen.lower, hansen.consistent, hansen.upper].forEach((each, i) =>
      expect(Math.abs(each - expected[i])).toBeLessThan(tolerance),
    );
  });
});

it("of one trial is the share of a normal distribution above its ratio", () => {
  // Lifted so that √n × mean ÷ deviation is 1.645: 5% of a normal distribution lie above it.
  const row = noise.independent(normalOf(randomOf(4)), 1, 1_000)[0];
  const mean = row.reduce((sum, each) => sum + each, 0) / 1_000;
  const spread = Math.sqrt(row.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 999);
  const lifted = row.map((each) => each - mean + (1.645 * spread) / Math.sqrt(1_000));
  const { chosen, white, hansen } = check([lifted], 1, 10_000);
  for (const each of [chosen, white, hansen.upper]) expect(Math.abs(each - 0.05)).toBeLessThan(0.01);
});

const searches = fc
  .record({
    trials: fc.integer({ min: 2, max: 8 }),
    sessions: fc.integer({ min: 30, max: 90 }),
    seed: fc.nat(),
  })
  .map(({ trials, sessions, seed }) => noise.heavyTailed(normalOf(randomOf(seed)), trials, sessions));

describe("laws", () => {
  it("comes to the same in parts and in any order", () => {
    fc.assert(
      fc.property(searches, fc.nat(), (rows, cut) => {
        const options = { sessions: rows[0].length, draws: 99, seed: 2, meanBlock: 3 };
        const whole = new RealityCheck(options);
        const ratios = rows.map((row) => whole.add(row));
        const [left, right] = [new RealityCheck(options), new RealityCheck(options)];
        [...rows].reverse().forEach((row, i) => (i % 3 === cut % 3 ? left : right).add(row));
        left.absorb(right.take());
        expect(left.result(ratios[0])).toEqual(whole.result(ratios[0]));
      }),
    );
  });

  it("has the consistent p-value between the bounds, and that of the chosen above that of the best", () => {
    fc.assert(
      fc.property(searches, fc.nat(), (rows, any) => {
        const check = new RealityCheck({ sessions: rows[0].length, draws: 99, seed: 2, meanBlock: 3 });
        const ratios = rows.map((row) => check.add(row));
        const { hansen, chosen, trials } = check.result(ratios[any % rows.length]);
        expect(trials).toBe(rows.length);
        expect(hansen.lower).toBeLessThanOrEqual(hansen.consistent);
        expect(hansen.consistent).toBeLessThanOrEqual(hansen.upper);
        expect(chosen).toBeGreaterThanOrEqual(hansen.consistent);
      }),
    );
  });

  it("does not fall when trials are added", () => {
    fc.assert(
      fc.property(searches, (rows) => {
        const check = new RealityCheck({ sessions: rows[0].length, draws: 99, seed: 2, meanBlock: 3 });
        const ratio = check.add(rows[0]);
        let before = check.result(ratio).chosen;
        for (const row of rows.slice(1)) {
          check.add(row);
          const now = check.result(ratio).chosen;
          expect(now).toBeGreaterThanOrEqual(before);
          before = now;
        }
      }),
    );
  });

  it("does not change with the size of a trial, but for White's", () => {
    fc.assert(
      fc.property(searches, (rows) => {
        const { white: _, ...scaled } = check(
          rows.map((row, i) => row.map((each) => each * 2 ** i)),
          3,
          99,
        );
        expect(check(rows, 3, 99)).toMatchObject(scaled);
      }),
    );
  });
});

it("says of what does not move, or loses, that it is no better than chance", () => {
  const still = new Float64Array(40);
  expect(check([still, still], 1, 99)).toMatchObject({ chosen: 1, white: 1, expectedBest: 0 });
  expect(check([still, still.map((_, i) => -0.01 - (i % 2) / 100)], 1, 99)).toMatchObject({
    chosen: 1,
    white: 1,
  });
});

it("refuses a trial of other sessions, and options that draw nothing", () => {
  const options = { sessions: 30, draws: 19, seed: 1, meanBlock: 1 };
  const withCode = (code: string): Error => expect.objectContaining({ code }) as Error;
  expect(() => new RealityCheck(options).add(new Float64Array(31))).toThrow(withCode("BF5120"));
  for (const wrong of [
    { sessions: 29 },
    { draws: 18 },
    { draws: 99.5 },
    { meanBlock: 0.5 },
    { meanBlock: 31 },
  ])
    expect(() => new RealityCheck({ ...options, ...wrong })).toThrow(withCode("BF5125"));
});

describe("effective trials", () => {
  const effective = (rows: readonly Float64Array[]): number => effectiveTrials(check(rows, 1, 2_000));
  const rowsOf = (kind: string, seed = 1): Float64Array[] => noise[kind](normalOf(randomOf(seed)), 100, 500);

  it("are all where no two resemble one another, and one where all are the same", () => {
    expect(effective(rowsOf("independent"))).toBeGreaterThan(80);
    const one = rowsOf("independent")[0];
    expect(effective(Array.from({ length: 100 }, () => one))).toBeLessThan(1.2);
  });

  it("are as many as have the best to be expected that the trials have", () => {
    // Of normal values with a common half the best is √½ × that of a hundred independent ones: 1.77 of 2.51.
    const half = Math.SQRT1_2 * expectedBest(100);
    expect(Math.abs(expectedBest(effective(rowsOf("resembling"))) - half)).toBeLessThan(0.12);
    // Copies of ten rows are ten.
    const ten = noise.independent(normalOf(randomOf(3)), 10, 500);
    const copies = Array.from({ length: 100 }, (_, i) => ten[i % 10]);
    expect(effective(copies)).toBeCloseTo(effective(ten), 1);
    expect(Math.abs(effective(copies) - 10)).toBeLessThan(2);
  });
});
