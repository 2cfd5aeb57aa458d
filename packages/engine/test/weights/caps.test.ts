import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covarianceOf } from "../../src/covariance.js";
import { redistributed } from "../../src/redistribution.js";
import { weighReturns } from "../../src/weigh-returns.js";
import { weightings } from "../../src/weights/index.generated.js";
import { covarianceWith, near, returns, sum, varianceOf } from "./returns.js";

/* Weights of which none may be above a cap: what is best under it is told by conditions, and by trying all mixes. */

/** Returns, and a cap under which all can be held: often one at which some number of members fills the whole. */
const cappedReturns = returns.chain((given) =>
  fc
    .oneof(
      fc.integer({ min: 1, max: given.length }).map((each) => 1 / each),
      fc
        .double({ min: 1e-6, max: 1, noNaN: true })
        .map((each) => (1 + each * (given.length - 1)) / given.length),
    )
    .map((cap) => ({ given, cap })),
);

const isWhole = (given: readonly unknown[], cap: number): boolean => cap * given.length <= 1;

describe.each(weightings.map(({ name }) => name))("%s under a cap", (name) => {
  it("gives nobody more, and all of it", () => {
    fc.assert(
      fc.property(cappedReturns, ({ given, cap }) => {
        const weights = weighReturns(name, given, { cap });
        for (const each of weights) {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(cap);
        }
        expect(Math.abs(sum(weights) - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it("gives to the bit what it gives without, where nobody would have more", () => {
    fc.assert(
      fc.property(returns, (given) => {
        const free = weighReturns(name, given);
        expect(weighReturns(name, given, { cap: Math.max(...free) })).toEqual(free);
      }),
    );
  });

  it("gives each the cap where that is too little for all of it", () => {
    fc.assert(
      fc.property(returns, fc.double({ min: 0.01, max: 1, noNaN: true }), (given, part) => {
        const cap = part / given.length;
        expect(weighReturns(name, given, { cap })).toEqual(given.map(() => cap));
      }),
    );
  });
});

/** By how much the conditions of the least variance under a cap are missed, as a share of the largest variance. */
function missOf(given: readonly Float64Array[], weights: readonly number[], cap: number): number {
  const covariance = covarianceOf(given);
  const largest = Math.max(...given.map((_, i) => covariance.values[i * (given.length + 1)]));
  const covariances = weights.map((_, i) => covarianceWith(covariance, weights, i));
  // Who can give must not vary with the mix more than anybody who can take.
  const givers = covariances.filter((_, i) => weights[i] > 0);
  const takers = covariances.filter((_, i) => weights[i] < cap);
  return takers.length === 0 ? 0 : Math.max(0, Math.max(...givers) - Math.min(...takers)) / largest;
}

describe("minimum variance under a cap", () => {
  it("cannot be made less by moving from one to another", () => {
    fc.assert(
      fc.property(cappedReturns, ({ given, cap }) => {
        fc.pre(!isWhole(given, cap));
        // The ridge that chooses among equals is 2 ** -30 of each variance, at most 1e-9 in a covariance with the mix.
        expect(missOf(given, weighReturns("minimum_variance", given, { cap }), cap)).toBeLessThan(2e-9);
      }),
      { numRuns: 1000 },
    );
  });

  it("meets the conditions to 1e-10 where a ridge of its own makes the mix the only one", () => {
    fc.assert(
      fc.property(cappedReturns, ({ given, cap }) => {
        fc.pre(!isWhole(given, cap));
        const weights = weighReturns("minimum_variance", given, { cap });
        const { count, values } = covarianceOf(given);
        const ridged = values.map((each, i) => (i % (count + 1) === 0 ? each * (1 + 2 ** -30) : each));
        const largest = Math.max(...ridged);
        const covariances = weights.map((_, i) => covarianceWith({ count, values: ridged }, weights, i));
        const givers = covariances.filter((_, i) => weights[i] > 0);
        const takers = covariances.filter((_, i) => weights[i] < cap);
        if (takers.length > 0)
          expect(Math.max(...givers) - Math.min(...takers)).toBeLessThan(1e-10 * largest);
      }),
      { numRuns: 1000 },
    );
  });

  it("of three is what no mix on a fine grid has less than", () => {
    const steps = 200;
    fc.assert(
      fc.property(
        returns.filter(({ length }) => length >= 3),
        fc.integer({ min: 67, max: 200 }),
        (many, capSteps) => {
          const given = many.slice(0, 3);
          const covariance = covarianceOf(given);
          const cap = capSteps / steps;
          const found = varianceOf(covariance, weighReturns("minimum_variance", given, { cap }));
          let least = Infinity;
          for (let i = 0; i <= capSteps; i++)
            for (let j = Math.max(0, steps - i - capSteps); j <= Math.min(capSteps, steps - i); j++)
              least = Math.min(
                least,
                varianceOf(
                  covariance,
                  [i, j, steps - i - j].map((each) => each / steps),
                ),
              );
          expect(found).toBeLessThanOrEqual(least * (1 + 1e-6));
        },
      ),
      { numRuns: 20 },
    );
  });

  it("holds who would be left out, where the others are full", () => {
    // Variances 1, 4 and 16 with nothing in common: 16 : 4 : 1. Under half of the whole, 4 : 1 share the other half.
    const [a, b, c] = [
      [1, 1, 1, 1, -1, -1, -1, -1],
      [2, 2, -2, -2, 2, 2, -2, -2],
      [4, -4, 4, -4, 4, -4, 4, -4],
    ].map((each) => Float64Array.from(each, (x) => x / 100));
    near(weighReturns("minimum_variance", [a, b, c]), [16 / 21, 4 / 21, 1 / 21], 1e-8);
    near(weighReturns("minimum_variance", [a, b, c], { cap: 0.5 }), [0.5, 0.4, 0.1], 1e-8);
    // The same as a and twice as wild adds nothing to it, and is held for want of others.
    const wild = a.map((each) => each * 2);
    near(weighReturns("minimum_variance", [a, wild]), [1, 0], 1e-8);
    near(weighReturns("minimum_variance", [a, wild], { cap: 0.6 }), [0.6, 0.4], 1e-8);
  });

  it("is not what is left of the best mix once it is cut off and shared out", () => {
    // Variances 1, 4 and 10; c varies with a by −1, against which it is held: 11/9, 1/4 and 2/9 of their sum. Under half
    // of the whole less of it is needed: b + c = 1/2 and 4 b = 10 c − 1/2.
    const [a, b, own] = [
      [1, 1, 1, 1, -1, -1, -1, -1],
      [2, 2, -2, -2, 2, 2, -2, -2],
      [3, -3, 3, -3, 3, -3, 3, -3],
    ].map((each) => Float64Array.from(each));
    const c = own.map((each, i) => each - a[i]);
    const free = weighReturns("minimum_variance", [a, b, c]);
    near(free, [44 / 61, 9 / 61, 8 / 61], 1e-8);
    near(redistributed(free, 0.5), [1 / 2, 9 / 34, 8 / 34], 1e-8);
    near(weighReturns("minimum_variance", [a, b, c], { cap: 0.5 }), [14 / 28, 9 / 28, 5 / 28], 1e-8);
  });
});

describe("risk parity under a cap", () => {
  it("has the same risk for all below it, and no more for who is at it", () => {
    fc.assert(
      fc.property(cappedReturns, ({ given, cap }) => {
        fc.pre(!isWhole(given, cap) && hasParity(given));
        const covariance = covarianceOf(given);
        const weights = weighReturns("risk_parity", given, { cap });
        const variance = varianceOf(covariance, weights);
        const risks = weights.map((each, i) => (each * covarianceWith(covariance, weights, i)) / variance);
        const below = risks.filter((_, i) => weights[i] < cap);
        if (below.length === 0) return;
        // Once in thousands of draws the members nearly cancel out, and of the digits of a risk seven are left.
        for (const each of risks) expect(each).toBeLessThan(Math.min(...below) + 1e-8);
      }),
      { numRuns: 300 },
    );
  });

  it("of members with nothing in common is in proportion to 1 / deviation below the cap", () => {
    // Deviations 1, 2 and 4: 4 : 2 : 1. Under half of the whole, 2 : 1 share the other half.
    const [a, b, c] = [
      [1, 1, 1, 1, -1, -1, -1, -1],
      [2, 2, -2, -2, 2, 2, -2, -2],
      [4, -4, 4, -4, 4, -4, 4, -4],
    ].map((each) => Float64Array.from(each, (x) => x / 100));
    near(weighReturns("risk_parity", [a, b, c]), [4 / 7, 2 / 7, 1 / 7], 1e-10);
    near(weighReturns("risk_parity", [a, b, c], { cap: 0.5 }), [1 / 2, 1 / 3, 1 / 6], 1e-10);
  });

  it("counts what those at the cap have in common with the others", () => {
    // c moves as a and twice as far, b on its own with a variance of 4: a (a + 2c) = 2c (a + 2c) = 4 b².
    const a = Float64Array.of(1, 1, -1, -1);
    const b = Float64Array.of(2, -2, 2, -2);
    const c = a.map((each) => each * 2);
    const free = [1, Math.SQRT1_2, 1 / 2];
    near(
      weighReturns("risk_parity", [a, b, c]),
      free.map((each) => each / sum(free)),
      1e-10,
    );
    // With a at 0.4 and b = 0.6 − c: 0.8 c + 4 c² = 4 (0.6 − c)², so that 5.6 c = 1.44.
    near(weighReturns("risk_parity", [a, b, c], { cap: 0.4 }), [14 / 35, 12 / 35, 9 / 35], 1e-10);
  });
});

/** Whether every mix has some risk: where one has almost none, parity is beyond what doubles can tell. */
function hasParity(given: readonly Float64Array[]): boolean {
  const scaled = given.map((row) => {
    const [variance] = covarianceOf([row]).values;
    return row.map((each) => each / Math.sqrt(variance));
  });
  return varianceOf(covarianceOf(scaled), weighReturns("minimum_variance", scaled)) > 1e-5;
}
