import { describe, expect, it } from "vitest";
import { againstChance } from "../../src/against-chance.js";
import { SequentialTest, type SequentialTestResult } from "../../src/chance/sequential-test.js";
import { randomOf } from "../../src/random.js";

const higher = { better: "higher" } as const;

function run(
  value: number | null,
  draws: readonly (number | null)[],
  enough: number,
  most = 19,
): SequentialTestResult {
  const test = new SequentialTest(higher, value, { most, enough });
  for (const each of draws) test.add(each);
  return test.result();
}

describe("by hand", () => {
  it("stops once enough are as good: 2 of 5 runs", () => {
    expect(run(3, [1, 3, 2, 2, 4, 9, 9], 2)).toEqual({
      pValue: 0.4,
      standardError: Math.sqrt((0.4 * 0.6) / 5),
      runs: 5,
      asGood: 2,
    });
  });

  it("is what all runs say where they are not enough, the real one counted", () => {
    const draws = Array.from({ length: 19 }, (_, i) => i);
    // 17 and 18 are as good as 17: (2 + 1) ÷ 20.
    expect(run(17, draws, 3)).toMatchObject({ pValue: 0.15, runs: 19, asGood: 2 });
    expect(run(17, draws, 3).pValue).toBe(againstChance(higher, 17, draws).pValue);
    expect(run(99, draws, 3).pValue).toBe(0.05);
  });

  it("takes a run without a result for worse than any, and a real one without for no better than any", () => {
    expect(
      run(
        1,
        Array.from({ length: 19 }, () => null),
        5,
      ).pValue,
    ).toBe(0.05);
    expect(run(null, [1, null, 1], 3)).toMatchObject({ pValue: 1, runs: 3 });
  });
});

it("makes no false discoveries by stopping early", () => {
  // Of values that are all drawn alike at most a share p gets p or less.
  const random = randomOf(1);
  const pValues = Array.from({ length: 4_000 }, () => {
    const test = new SequentialTest(higher, random(), { most: 199, enough: 10 });
    while (!test.isDone) test.add(random());
    return test.result().pValue;
  });
  for (const level of [0.01, 0.05, 0.1, 0.25, 0.5]) {
    const found = pValues.filter((each) => each <= level).length / pValues.length;
    expect(found).toBeLessThan(level + 3.1 * Math.sqrt((level * (1 - level)) / pValues.length));
    // Nor does it miss many: its p-values are fine enough to reach each of these.
    expect(found).toBeGreaterThan(0.7 * level);
  }
});

it("needs few runs for what is no better than chance", () => {
  const random = randomOf(2);
  const test = new SequentialTest(higher, 0.5, { most: 9_999, enough: 20 });
  while (!test.isDone) test.add(random());
  expect(test.result().runs).toBeLessThan(80);
  expect(test.result().standardError).toBeLessThan(0.1);
});

it("refuses numbers with which nothing can be shown", () => {
  for (const [most, enough] of [
    [18, 5],
    [99, 0],
    [99, 1.5],
    [NaN, 5],
  ])
    expect(() => new SequentialTest(higher, 1, { most, enough })).toThrow(
      expect.objectContaining({ code: "BF5125" }) as Error,
    );
});
