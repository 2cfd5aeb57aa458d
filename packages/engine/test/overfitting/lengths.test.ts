import fc from "fast-check";
import { expect, it } from "vitest";
import { expectedBest, trialsExpecting } from "../../src/expected-best.js";
import { isUnknown } from "../../src/metric.js";
import { deflatedSharpeOf } from "../../src/overfitting/deflated-sharpe.js";
import { minimumBacktestLength } from "../../src/overfitting/minimum-backtest-length.js";
import { minimumTrackRecord } from "../../src/overfitting/minimum-track-record.js";
import { certaintyAbove, sharpeEstimateOf } from "../../src/sharpe-estimate.js";

/* How long a record must be, against the papers' examples. */

// Bailey & López de Prado 2012, the chapter on the minimum track record: a yearly Sharpe ratio of 2 over one of 1, at 95%.
it.each([
  ["normal days", 2.73, 250, 0, 3],
  ["normal weeks", 2.83, 52, 0, 3],
  ["normal months", 3.24, 12, 0, 3],
  ["months of hedge funds, with heavy tails to the left", 4.99, 12, -0.72, 5.78],
])("needs of %s %f years, as the paper has it", (_, years, perYear, skewness, kurtosis) => {
  const of = (yearly: number): number => yearly / Math.sqrt(perYear);
  const shape = 1 - skewness * of(2) + ((kurtosis - 1) / 4) * of(2) ** 2;
  const needed = Number(minimumTrackRecord({ ratio: of(2), length: 100, shape }, of(1), 0.05)) / perYear;
  // The paper does not round up to whole returns.
  expect(needed).toBeGreaterThan(years - 0.005);
  expect(needed).toBeLessThan(years + 0.005 + 1 / perYear);
});

it("is the length at which the certainty reaches what is asked", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      fc.double({ min: -0.2, max: 0.5, noNaN: true }),
      fc.double({ min: 0.5, max: 3, noNaN: true }),
      fc.double({ min: 0.01, max: 0.4, noNaN: true }),
      (ratio, threshold, shape, level) => {
        const sessions = minimumTrackRecord({ ratio, length: 100, shape }, threshold, level);
        if (isUnknown(sessions)) {
          expect(ratio).toBeLessThanOrEqual(threshold);
          return;
        }
        const certainty = (length: number): number => certaintyAbove({ ratio, length, shape }, threshold);
        expect(certainty(sessions)).toBeGreaterThanOrEqual(1 - level - 1e-9);
        if (sessions > 2) expect(certainty(sessions - 1)).toBeLessThan(1 - level + 1e-9);
      },
    ),
  );
});

it("is the hand-worked one of its docstring", () => {
  // 1 + 1.005 × (1.6449 ÷ 0.1)² = 1 + 1.005 × 270.55 = 272.9.
  expect(minimumTrackRecord({ ratio: 0.1, length: 500, shape: 1.005 }, 0, 0.05)).toBe(273);
});

it("allows 45 variants in five years, as the paper has it", () => {
  expect(minimumBacktestLength(45)).toBeCloseTo(5, 1);
  expect(minimumBacktestLength(1)).toBe(0);
  expect(minimumBacktestLength(45, 2)).toBeCloseTo(minimumBacktestLength(45) / 4, 12);
  // The paper's bound: no more than 2 ln N ÷ sharpe².
  for (const trials of [2, 10, 100, 10_000])
    expect(minimumBacktestLength(trials)).toBeLessThan(2 * Math.log(trials));
});

it("counts trials from the best that is to be expected of them, and back", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e5, noNaN: true }), (trials) => {
      expect(trialsExpecting(expectedBest(trials), 1e6) / trials).toBeCloseTo(1, 6);
    }),
  );
  expect(trialsExpecting(-1, 10)).toBe(1);
  expect(trialsExpecting(9, 10)).toBe(10);
});

it("rises with every trial, also below two", () => {
  let before = -1;
  for (let trials = 1; trials < 4; trials += 0.01) {
    expect(expectedBest(trials)).toBeGreaterThan(before);
    before = expectedBest(trials);
  }
});

it("deflates as the paper's example does", () => {
  // Bailey & López de Prado 2014: a yearly ratio of 2.5 over five years of 250 days, 100 trials with a yearly variance of a half,
  // skewness −3 and kurtosis 10: 0.9004.
  const ratio = 2.5 / Math.sqrt(250);
  const estimate = { ratio, length: 1250, shape: 1 + 3 * ratio + (9 / 4) * ratio ** 2 };
  expect(deflatedSharpeOf(estimate, 100, Math.sqrt(0.5 / 250))).toBeCloseTo(0.9004, 4);
  expect(deflatedSharpeOf(estimate, 1)).toBe(certaintyAbove(estimate, 0));
});

it("says why there is no estimate", () => {
  expect(sharpeEstimateOf([0.01, 0.01, 0.01])).toEqual({ reason: "the session returns do not vary" });
});
