import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue.js";

/* Where a function promises more than its examples can show. */

const runs = { seed: 12, numRuns: 2_000 };

function call(name: string, ...values: number[]): number {
  const fold = catalogue.get(name)?.fold;
  if (fold === undefined) throw new Error(`no function ${name}`);
  return fold(values);
}

describe("round", () => {
  /** Rounds what is written, digit by digit. */
  function roundWritten(digits: bigint, decimalsGiven: number, decimals: number): number {
    const size = digits < 0n ? -digits : digits;
    const unit = 10n ** BigInt(decimalsGiven - decimals);
    const rounded = (size + unit / 2n) / unit;
    return (digits < 0n ? -1 : 1) * Number(`${rounded}e${-decimals}`);
  }

  it("takes halves as they are written away from zero", () => {
    const decimal = fc.tuple(
      fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: -3, max: 11 }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(decimal, ([number, given, decimals, isHalf]) => {
        fc.pre(decimals < given);
        // A number that ends in 5 right behind the decimals that stay.
        const unit = 10n ** BigInt(given - decimals);
        const digits = isHalf ? (number / unit) * unit + (number < 0n ? -unit : unit) / 2n : number;
        const x = Number(`${digits}e${-given}`);
        const expected = roundWritten(digits, given, decimals);
        expect(call("round", x, decimals), `round(${x}, ${decimals})`).toBe(expected === 0 ? 0 : expected);
      }),
      runs,
    );
  });

  it.each([
    [450_359_962_737_049.7, 1],
    [1e300, 15],
    [-(2 ** 53), 0],
    [0.1, 15],
    [123_456, -15 + 15],
  ])("leaves %d with %d decimals as it is", (x, decimals) => {
    expect(call("round", x, decimals)).toBe(x);
  });

  it.each([0.5, 16, -16, NaN, Infinity])("has no value for %d decimals", (decimals) => {
    expect(call("round", 1, decimals)).toBeNaN();
  });
});

describe("mod", () => {
  it("is what the rounded-down quotient leaves, exactly, for whole numbers", () => {
    const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        fc.pre(b !== 0);
        const rest = call("mod", a, b);
        expect(b * Math.floor(a / b) + rest).toBe(a);
        expect(b > 0 ? rest >= 0 && rest < b : rest <= 0 && rest > b).toBe(true);
      }),
      runs,
    );
  });
});

describe("angles", () => {
  it("go to degrees and back", () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (angle) => {
        expect(call("radians", call("degrees", angle))).toBeCloseTo(angle, 12);
      }),
      runs,
    );
  });

  it("are found again by their sine and cosine", () => {
    fc.assert(
      fc.property(fc.double({ min: -3.14, max: 3.14, noNaN: true }), (angle) => {
        expect(call("atan2", call("sin", angle), call("cos", angle))).toBeCloseTo(angle, 12);
      }),
      runs,
    );
  });
});
