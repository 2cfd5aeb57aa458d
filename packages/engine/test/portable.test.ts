import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exponential, ln } from "../src/portable.js";

/* Beside the platform's own, which is off by less than a unit of the last digit in every version of V8. */

const lastDigit = 2 ** -52;

describe("ln", () => {
  test("is the logarithm, to two units of the last digit", () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }), (value) => {
        const expected = Math.log(value);
        expect(Math.abs(ln(value) - expected)).toBeLessThanOrEqual(2 * lastDigit * Math.abs(expected));
      }),
      {
        examples: [
          [1],
          [Math.SQRT2],
          [2 ** -1074],
          [2 ** -1022],
          [Number.MAX_VALUE],
          [1 + lastDigit],
          [1 - lastDigit / 2],
        ],
      },
    );
  });

  test.each([
    [0, -Infinity],
    [-1, NaN],
    [NaN, NaN],
    [Infinity, Infinity],
    [1, 0],
  ])("of %d is %d", (value, expected) => expect(ln(value)).toBe(expected));
});

describe("exponential", () => {
  test("is e to the power, to two units of the last digit", () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709.78, noNaN: true }), (power) => {
        const expected = Math.exp(power);
        expect(Math.abs(exponential(power) - expected)).toBeLessThanOrEqual(2 * lastDigit * expected);
      }),
      { examples: [[0], [1], [-1], [709.78], [-708]] },
    );
  });

  test.each([
    [0, 1],
    [-Infinity, 0],
    [-745.2, 0],
    [Infinity, Infinity],
    [709.8, Infinity],
    [NaN, NaN],
  ])("of %d is %d", (power, expected) => expect(exponential(power)).toBe(expected));
});
