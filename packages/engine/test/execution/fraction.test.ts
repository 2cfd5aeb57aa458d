import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  countOf,
  fraction,
  multiplyFractions,
  nearestFraction,
  scaledProduct,
  timesFraction,
  type Fraction,
} from "../../src/fraction.js";

const Exact = Decimal.clone({ precision: 80 });

const steps = [0.01, 0.25, 0.05, 1 / 32, 5, 1e-8, 1, 0.001, 0.1, 50, 1e-12, 0.0003, 2.5];
const step = fc.constantFrom(...steps);
const direction = fc.constantFrom("up" as const, "down" as const, "nearest" as const);

const tooLarge = expect.objectContaining({ code: "BF5010" });

/** Half to even, the slow way, of numerator ÷ denominator (positive). */
function halfEven(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  let whole = size / denominator;
  const twice = (size % denominator) * 2n;
  if (twice > denominator || (twice === denominator && whole % 2n === 1n)) whole += 1n;
  return negative ? -whole : whole;
}

describe("fraction", () => {
  test.each([
    [0.05, 1, 20],
    [0.01, 1, 100],
    [0.25, 1, 4],
    [1 / 32, 1, 32],
    [5, 5, 1],
    [1e-8, 1, 100_000_000],
    [50, 50, 1],
    [0.1, 1, 10],
    [2.5, 5, 2],
    [0, 0, 1],
    [0.0005, 1, 2_000],
    // Computed, with noise after the fifteenth digit.
    [0.1 + 0.2, 3, 10],
    [0.07 / 100, 7, 10_000],
    [1 - 0.9, 1, 10],
  ])("%d is %d / %d", (decimal, numerator, denominator) => {
    expect(fraction(decimal)).toEqual({ numerator, denominator });
    expect(nearestFraction(decimal)).toEqual({ numerator, denominator });
  });

  test("is the decimal itself, for every decimal of up to nine digits", () => {
    const digits = fc.integer({ min: 1, max: 999_999_999 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 12 }), (whole, decimals) => {
        const { numerator, denominator } = fraction(`${whole}e-${decimals}`);
        expect(BigInt(numerator) * 10n ** BigInt(decimals)).toBe(BigInt(whole) * BigInt(denominator));
        expect(fraction(Number(`${whole}e-${decimals}`))).toEqual({ numerator, denominator });
      }),
      { seed: 1, numRuns: 3_000 },
    );
  });

  test("what it cannot hold is refused, a rate becomes the nearest there is", () => {
    expect(() => fraction(1.23456789012345e-7)).toThrow(tooLarge);
    expect(() => fraction(1e16)).toThrow(tooLarge);
    const { numerator, denominator } = nearestFraction(1 / 30_000);
    expect(numerator / denominator).toBeCloseTo(1 / 30_000, 18);
  });

  test("products are reduced, and refused where they are too large", () => {
    expect(
      multiplyFractions(fraction(0.25), fraction(0.1), fraction(50), { numerator: 100, denominator: 1 }),
    ).toEqual({
      numerator: 125,
      denominator: 1,
    });
    expect(multiplyFractions()).toEqual({ numerator: 1, denominator: 1 });
    expect(() => multiplyFractions(fraction(1e-8), fraction(1e-8))).toThrow(tooLarge);
    expect(() => multiplyFractions(fraction(1e12), fraction(1e12))).toThrow(tooLarge);
  });
});

describe("timesFraction", () => {
  test("is the double nearest to the true value", () => {
    const count = fc.maxSafeInteger();
    fc.assert(
      fc.property(count, step, (n, size) => {
        const expected = new Exact(n).times(new Exact(size)).toNumber();
        expect(timesFraction(n, fraction(size)) + 0).toBe(expected + 0);
      }),
      { seed: 2, numRuns: 5_000 },
    );
  });
});

describe("countOf", () => {
  test.each([
    // Noise is not a reason for another step.
    [0.1 + 0.2, 0.1, 3, 3, 3],
    [0.3 - 0.1, 0.1, 2, 2, 2],
    [1.1 * 3, 0.1, 33, 33, 33],
    [100 * 1.0001, 0.01, 10_001, 10_001, 10_001],
    [4.35 * 100, 1, 435, 435, 435],
    [0.1 * 3, 0.05, 6, 6, 6],
    [-(0.1 + 0.2), 0.1, -3, -3, -3],
    [100.3 - 100, 0.1, 3, 3, 3],
    // Really between two steps.
    [0.31, 0.1, 4, 3, 3],
    [-0.31, 0.1, -3, -4, -3],
    [100.12, 0.25, 401, 400, 400],
    [100.13, 0.25, 401, 400, 401],
    // Half way: to even, also where the double lies beside it.
    [0.125, 0.01, 13, 12, 12],
    [0.135, 0.01, 14, 13, 14],
    [0.145, 0.01, 15, 14, 14],
    [1.005, 0.01, 101, 100, 100],
    [0.575, 0.01, 58, 57, 58],
    [8.345, 0.01, 835, 834, 834],
    [2.5, 1, 3, 2, 2],
    [3.5, 1, 4, 3, 4],
    [-2.5, 1, -2, -3, -2],
    [-3.5, 1, -3, -4, -4],
    [-0.5, 1, 0, -1, 0],
    [0, 0.01, 0, 0, 0],
    [-0, 0.01, 0, 0, 0],
    // Far out.
    [9_007_199_254_740_991, 1, 9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991],
    [90_071_992.5474099, 1e-8, 9_007_199_254_740_990, 9_007_199_254_740_990, 9_007_199_254_740_990],
    [4_503_599_627_370_494.5, 1, 4_503_599_627_370_495, 4_503_599_627_370_494, 4_503_599_627_370_494],
    [4_503_599_627_370_495.5, 1, 4_503_599_627_370_496, 4_503_599_627_370_495, 4_503_599_627_370_496],
  ])("%d in steps of %d is up %d, down %d, nearest %d", (value, size, up, down, nearest) => {
    const by = fraction(size);
    expect([countOf(value, by, "up"), countOf(value, by, "down"), countOf(value, by, "nearest")]).toEqual([
      up,
      down,
      nearest,
    ]);
  });

  test("what is written on the grid is found there, in every direction and for every size", () => {
    const count = fc.oneof(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.maxSafeInteger());
    fc.assert(
      fc.property(count, step, direction, (n, size, way) => {
        const value = new Exact(n).times(size);
        // Beyond the digits of a double two neighbours are one number.
        fc.pre(value.precision() <= 15);
        expect(countOf(value.toNumber(), fraction(size), way)).toBe(n);
      }),
      { seed: 3, numRuns: 5_000 },
    );
  });

  test("between two steps it goes where it should, as exact decimals do", () => {
    const decimal = fc
      .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 6 }))
      .map(([whole, decimals]) => Number(`${whole}e-${decimals}`));
    const modes = {
      up: Decimal.ROUND_CEIL,
      down: Decimal.ROUND_FLOOR,
      nearest: Decimal.ROUND_HALF_EVEN,
    } as const;
    fc.assert(
      fc.property(decimal, step, direction, (value, size, way) => {
        const expected = new Exact(value).div(size).toDecimalPlaces(0, modes[way]).toNumber() + 0;
        const ours = (): number => countOf(value, fraction(size), way);
        if (Number.isSafeInteger(expected)) expect(ours()).toBe(expected);
        else expect(ours).toThrow(tooLarge);
      }),
      { seed: 4, numRuns: 10_000 },
    );
  });

  test("what is not finite stays, what is too large is refused", () => {
    for (const value of [NaN, Infinity, -Infinity])
      for (const way of ["up", "down", "nearest"] as const)
        expect(countOf(value, fraction(0.01), way)).toBe(value);
    expect(() => countOf(1e12, fraction(1e-8), "nearest")).toThrow(tooLarge);
    expect(() => countOf(-1e16, fraction(1), "down")).toThrow(tooLarge);
    expect(() => countOf(1e308, fraction(1e-12), "up")).toThrow(tooLarge);
  });
});

describe("scaledProduct", () => {
  const small = fc.integer({ min: -100_000, max: 100_000 });
  const any = fc.oneof(small, fc.maxSafeInteger());
  const factor: fc.Arbitrary<Fraction> = fc.oneof(
    fc.record({ numerator: fc.integer({ min: 1, max: 100 }), denominator: fc.integer({ min: 1, max: 100 }) }),
    fc.record({
      numerator: fc.integer({ min: 1, max: 2 ** 31 }),
      denominator: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    }),
  );

  test("is exact before one rounding, half to even, whatever the size", () => {
    let wide = 0;
    let refused = 0;
    fc.assert(
      fc.property(any, any, factor, (a, b, by) => {
        const expected = halfEven(BigInt(a) * BigInt(b) * BigInt(by.numerator), BigInt(by.denominator));
        if (!Number.isSafeInteger(a * b * by.numerator)) wide++;
        if (expected > Number.MAX_SAFE_INTEGER || expected < -Number.MAX_SAFE_INTEGER) {
          refused++;
          expect(() => scaledProduct(a, b, by)).toThrow(tooLarge);
        } else expect(scaledProduct(a, b, by)).toBe(Number(expected));
      }),
      { seed: 5, numRuns: 20_000 },
    );
    expect(wide).toBeGreaterThan(1_000);
    expect(refused).toBeGreaterThan(1_000);
  });

  test("sees every half, on both sides of zero", () => {
    const half = { numerator: 1, denominator: 2 };
    expect([-5, -3, -1, 1, 3, 5, 7].map((odd) => scaledProduct(odd, 1, half))).toEqual([
      -2, -2, 0, 0, 2, 2, 4,
    ]);
    const wideOdd = 2 ** 52 + 1;
    expect(scaledProduct(wideOdd, 3, { numerator: 1, denominator: 6 })).toBe(2 ** 51);
  });

  test("is as large on one side of zero as on the other", () => {
    fc.assert(
      fc.property(small, small, factor, (a, b, by) => {
        fc.pre(Math.abs((a * b * by.numerator) / by.denominator) < 2 ** 52);
        expect(scaledProduct(-a, b, by) + 0).toBe(-scaledProduct(a, b, by) + 0);
      }),
      { seed: 6, numRuns: 3_000 },
    );
  });

  test("is right where quotient and divisor together pass 2⁵³", () => {
    const divisor = 3_002_399_751_580_333;
    for (const beside of [-1, 0, 1]) {
      const product = 3 * divisor - (divisor + 1) / 2 + beside;
      const expected = halfEven(BigInt(product), BigInt(divisor));
      for (const sign of [-1, 1])
        expect(scaledProduct(sign * product, 1, { numerator: 1, denominator: divisor })).toBe(
          sign * Number(expected),
        );
    }
  });

  test("has no negative zero", () => {
    expect(scaledProduct(0, -5, { numerator: 1, denominator: 1 })).toBe(0);
    expect(scaledProduct(-1, 1, { numerator: 1, denominator: 3 })).toBe(0);
    expect(scaledProduct(0, -5, { numerator: 1, denominator: 7 })).toBe(0);
  });
});
