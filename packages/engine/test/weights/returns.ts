import fc from "fast-check";
import { expect } from "vitest";
import type { Covariance } from "../../src/covariance.js";

const number = fc.double({ min: -0.05, max: 0.05, noNaN: true });

/** Returns of up to eight members that have something in common. */
export const returns = fc
  .record({ count: fc.integer({ min: 1, max: 8 }), length: fc.integer({ min: 10, max: 40 }) })
  .chain(({ count, length }) =>
    fc.record({
      common: fc.array(number, { minLength: length, maxLength: length }),
      betas: fc.array(fc.double({ min: -0.5, max: 1.5, noNaN: true }), {
        minLength: count,
        maxLength: count,
      }),
      sizes: fc.array(fc.double({ min: 0.2, max: 4, noNaN: true }), { minLength: count, maxLength: count }),
      own: fc.array(fc.array(number, { minLength: length, maxLength: length }), {
        minLength: count,
        maxLength: count,
      }),
    }),
  )
  .map(({ common, betas, sizes, own }) =>
    own.map((row, i) =>
      Float64Array.from(
        row,
        (each, k) => sizes[i] * (betas[i] * common[k] + each + 1e-4 * Math.sin(k * (i + 1))),
      ),
    ),
  );

export const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

export const varianceOf = ({ count, values }: Covariance, weights: readonly number[]): number =>
  sum(weights.map((each, i) => each * covarianceWith({ count, values }, weights, i)));

export const covarianceWith = (
  { count, values }: Covariance,
  weights: readonly number[],
  i: number,
): number => sum(weights.map((each, j) => values[i * count + j] * each));

export const near = (found: readonly number[], wanted: readonly number[], within: number): void => {
  found.forEach((each, i) => {
    expect(Math.abs(each - wanted[i])).toBeLessThanOrEqual(within);
  });
};
