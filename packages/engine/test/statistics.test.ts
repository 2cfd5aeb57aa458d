import fc from "fast-check";
import * as library from "simple-statistics";
import { describe, expect, it } from "vitest";
import * as own from "../src/statistics.js";

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const pairs = fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 60 });

describe("statistics of columns", () => {
  it("are those of the library, to the last bit", () => {
    fc.assert(
      fc.property(pairs, (drawn) => {
        const list = drawn.map(([a]) => a);
        const others = drawn.map(([, b]) => b);
        const column = Float64Array.from(list);
        expect(own.sumOf(column)).toBe(library.sum(list));
        expect(own.meanOf(column)).toBe(library.mean(list));
        expect(own.largestOf(column)).toBe(library.max(list));
        expect(own.smallestOf(column)).toBe(library.min(list));
        expect(own.varianceOf(column)).toBe(library.sampleVariance(list));
        expect(own.covarianceOf(column, Float64Array.from(others))).toBe(
          library.sampleCovariance(list, others),
        );
        const shares = [0.05, 0.95];
        expect(own.quantilesOf(column, shares)).toEqual(shares.map((each) => library.quantile(list, each)));
      }),
    );
  });

  it("says how straight a line is as the library does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 60 }),
        (list) => {
          fc.pre(own.deviation(list, 1) > 0);
          const points = list.map((each, i) => [i, each]);
          const line = library.linearRegressionLine(library.linearRegression(points));
          expect(own.straightness(Float64Array.from(list))).toBeCloseTo(library.rSquared(points, line), 12);
        },
      ),
    );
  });

  it("takes gains and losses apart", () => {
    const values = Float64Array.of(1, -2, 0, NaN, 3, -Infinity);
    expect([...own.gainsOf(values)]).toEqual([1, 0, 0, NaN, 3, 0]);
    expect([...own.lossesOf(values)]).toEqual([0, -2, 0, NaN, 0, -Infinity]);
    expect(own.deviationOfLosses(Float64Array.of(0.1, -0.3, 0.2, -0.4))).toBe(Math.sqrt((0.09 + 0.16) / 4));
    expect([[1, 2], [1, NaN], [-Infinity]].map(own.areFinite)).toEqual([true, false, false]);
  });

  it("counts an empty column as nothing", () => {
    expect(own.sumOf(new Float64Array(0))).toBe(0);
    expect(own.meanOf(new Float64Array(0))).toBeNaN();
  });
});
