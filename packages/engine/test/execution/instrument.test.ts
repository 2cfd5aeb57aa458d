import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fraction } from "../../src/fraction.js";
import { Instrument, type InstrumentSpecification } from "../../src/instrument.js";

const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_EVEN });

const make = (given: Partial<InstrumentSpecification>): Instrument =>
  new Instrument({ symbol: "TEST", tick: null, lot: null, multiplier: 1, moneyDecimals: null, ...given });

const stock = make({ tick: 0.01, lot: 1, moneyDecimals: 2 });

describe("rounding of prices and sizes", () => {
  test.each([
    // limit buy ↓, limit sell ↑, stop buy ↑, stop sell ↓
    [100.123, 0.01, 100.12, 100.13],
    [100.12, 0.01, 100.12, 100.12],
    [100.1, 0.25, 100, 100.25],
    [1.23456, 0.00001, 1.23456, 1.23456],
    [112.04, 1 / 32, 112.03125, 112.0625],
    [7, 5, 5, 10],
    [-37.634, 0.01, -37.64, -37.63],
  ])("%d with a tick of %d lies between %d and %d", (decimal, tick, down, up) => {
    const instrument = make({ tick });
    expect(instrument.priceDecimal(instrument.price(decimal, "down"))).toBe(down);
    expect(instrument.priceDecimal(instrument.price(decimal, "up"))).toBe(up);
  });

  test.each([
    [9.99, 1, 9],
    [0.00123456789, 1e-8, 0.00123456],
    [2.9999999999999996, 1, 3],
    [0.3 / 0.1, 1, 3],
    [-9.99, 1, -9],
    [0.5, 1, 0],
    [1_234, 100, 1_200],
  ])("a size of %d in lots of %d is %d, towards zero", (decimal, lot, rounded) => {
    const instrument = make({ lot });
    expect(instrument.quantityDecimal(instrument.quantity(decimal))).toBe(rounded);
  });

  test("a size never grows, but for what nobody means", () => {
    const lot = fc.constantFrom(1, 0.001, 1e-8, 100);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), lot, (decimal, size) => {
        const instrument = make({ lot: size });
        const rounded = instrument.quantityDecimal(instrument.quantity(decimal));
        // A billionth of a lot, and the last bits of the number itself.
        const hair = size * 1e-9 + Math.abs(decimal) * 2 ** -50;
        expect(Math.abs(rounded)).toBeLessThanOrEqual(Math.abs(decimal) + hair);
        expect(Math.abs(decimal) - Math.abs(rounded)).toBeLessThan(size + hair);
      }),
      { seed: 1, numRuns: 3_000 },
    );
  });

  test("a wild size is as large as can be counted; what is not finite stays so", () => {
    expect(stock.quantity(1e300)).toBe(Number.MAX_SAFE_INTEGER);
    expect(stock.quantity(-1e300)).toBe(-Number.MAX_SAFE_INTEGER);
    expect(make({ lot: 1e-8 }).quantity(1e9)).toBe(Number.MAX_SAFE_INTEGER);
    expect(make({ lot: 1e-8 }).quantity(9e7)).toBe(9e15);
    expect(stock.quantity(Infinity)).toBe(Infinity);
    expect(stock.quantity(NaN)).toBeNaN();
  });

  test("money is rounded half to even", () => {
    expect([0.125, 0.135, 1.005, -0.125, -0.135, 2.675].map((each) => stock.money(each))).toEqual([
      12, 14, 100, -12, -14, 268,
    ]);
    expect(make({ moneyDecimals: 0 }).money(2.5)).toBe(2);
    expect(make({ moneyDecimals: 8 }).money(0.123456785)).toBe(12_345_678);
  });

  test("without steps everything is as given", () => {
    const asGiven = make({ multiplier: 50 });
    expect(asGiven.price(1.23456789, "up")).toBe(1.23456789);
    expect(asGiven.quantity(0.1 + 0.2)).toBe(0.1 + 0.2);
    expect(asGiven.money(1.005)).toBe(1.005);
    expect(asGiven.notional(2, 3)).toBe(300);
    expect(asGiven.priceDecimal(7.7)).toBe(7.7);
    expect(asGiven.quantityDecimal(7.7)).toBe(7.7);
    expect(asGiven.moneyDecimal(7.7)).toBe(7.7);
    expect(asGiven.sum(0.1, 0.2)).toBe(0.1 + 0.2);
  });
});

describe("exactness", () => {
  const specification = fc.record({
    tick: fc.constantFrom(0.01, 0.25, 0.05, 1 / 32, 5, 1e-8),
    lot: fc.constantFrom(1, 0.001, 1e-8),
    multiplier: fc.constantFrom(1, 50, 0.1),
    moneyDecimals: fc.integer({ min: 0, max: 8 }),
  });
  const exactValue = (given: {
    tick: number;
    lot: number;
    multiplier: number;
    moneyDecimals: number;
  }): InstanceType<typeof Exact> =>
    new Exact(given.tick)
      .times(given.lot)
      .times(given.multiplier)
      .times(new Exact(10).pow(given.moneyDecimals));
  const isCountable = (value: Decimal): boolean =>
    value.toFraction().every((each) => each.abs().lte(2 ** 53 - 1));

  test("notional is the true value, rounded once, for every pair of tick, lot, multiplier and currency", () => {
    let [exact, refused] = [0, 0];
    const count = fc.oneof(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.integer({ min: -1e12, max: 1e12 }),
    );
    fc.assert(
      fc.property(specification, count, count, (given, price, quantity) => {
        const value = exactValue(given);
        if (!isCountable(value)) {
          refused++;
          expect(() => make(given)).toThrow(expect.objectContaining({ code: "BF5010" }));
          return;
        }
        const expected = value.times(price).times(quantity).toDecimalPlaces(0);
        const instrument = make(given);
        if (expected.abs().gt(2 ** 53 - 1)) {
          refused++;
          expect(() => instrument.notional(price, quantity)).toThrow(
            expect.objectContaining({ code: "BF5010" }),
          );
        } else {
          exact++;
          expect(instrument.notional(price, quantity) + 0).toBe(expected.toNumber() + 0);
        }
      }),
      { seed: 2, numRuns: 5_000 },
    );
    expect(exact).toBeGreaterThan(2_000);
    expect(refused).toBeGreaterThan(100);
  });

  test("a share is the true share, rounded once", () => {
    const rate = fc.constantFrom(0.0005, 0.001, 0.00025, 0.07 / 100, 0.5, 0.0001 * 3, 0.000035);
    fc.assert(
      fc.property(fc.maxSafeInteger(), rate, (money, ratio) => {
        const expected = new Exact(money).times(new Exact(ratio).toSignificantDigits(15)).toDecimalPlaces(0);
        expect(stock.share(money, fraction(ratio)) + 0).toBe(expected.toNumber() + 0);
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });

  test("a portion is the true portion, rounded once, and the whole for the whole", () => {
    const amounts = fc.record({
      money: fc.maxSafeInteger(),
      whole: fc.integer({ min: 1, max: 1e12 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(amounts, ({ money, whole, share }) => {
        const part = Math.floor(whole * share);
        const expected = new Exact(money).times(part).div(whole).toDecimalPlaces(0);
        expect(stock.portion(money, part, whole) + 0).toBe(expected.toNumber() + 0);
        expect(stock.portion(money, whole, whole)).toBe(money + 0);
      }),
      { seed: 4, numRuns: 5_000 },
    );
  });

  test("a price goes to decimals and back", () => {
    fc.assert(
      fc.property(specification, fc.integer({ min: -1e9, max: 1e9 }), ({ tick, lot }, count) => {
        const instrument = make({ tick, lot });
        for (const way of ["up", "down", "nearest"] as const)
          expect(instrument.price(instrument.priceDecimal(count), way)).toBe(count);
        expect(instrument.quantity(instrument.quantityDecimal(count))).toBe(count);
      }),
      { seed: 5, numRuns: 3_000 },
    );
  });

  test("money beyond counting is refused, not blurred", () => {
    const refused = expect.objectContaining({
      code: "BF5010",
      hint: expect.stringContaining("leave them out"),
    });
    expect(() => make({ moneyDecimals: 12 }).money(100_000)).toThrow(refused);
    expect(() => stock.sum(Number.MAX_SAFE_INTEGER, 1)).toThrow(refused);
    expect(stock.sum(Number.MAX_SAFE_INTEGER, -1)).toBe(Number.MAX_SAFE_INTEGER - 1);
    expect(() => stock.price(1e14, "nearest")).toThrow(refused);
  });
});

describe("distance", () => {
  test.each([
    [10_000, 0.0001, 1],
    [10_001, 0.0001, 2],
    [9_999, 0.0001, 1],
    [10_000, 0, 0],
    [-10_000, 0.0001, 1],
    // 30 × 0.1 has noise; it is 3.
    [30, 0.1, 3],
    [7, 1 / 7, 1],
  ])("of %d ticks, a share of %d is %d ticks", (price, ratio, ticks) => {
    expect(stock.distance(price, ratio)).toBe(ticks);
  });

  test("is as given without a tick", () => {
    expect(make({}).distance(80, 0.125)).toBe(10);
    expect(make({}).distance(-80, 0.125)).toBe(10);
  });
});

describe("what no instrument has", () => {
  test.each([
    [{ tick: 0 }, "the tick is 0; it must be a positive number"],
    [{ tick: -0.01 }, "the tick is -0.01; it must be a positive number"],
    [{ lot: NaN }, "the lot is NaN; it must be a positive number"],
    [{ lot: Infinity }, "the lot is Infinity; it must be a positive number"],
    [{ multiplier: 0 }, "the multiplier is 0; it must be a positive number"],
    [{ moneyDecimals: 13 }, "the money has 13 decimals; it must be a whole number from 0 to 12"],
    [{ moneyDecimals: 1.5 }, "the money has 1.5 decimals; it must be a whole number from 0 to 12"],
    [{ moneyDecimals: -1 }, "the money has -1 decimals; it must be a whole number from 0 to 12"],
  ])("%o", (given, message) => {
    expect(() => make(given)).toThrow(expect.objectContaining({ code: "BF5011", message }));
  });

  test("steps so fine that their product cannot be counted", () => {
    expect(() => make({ tick: 1e-8, lot: 1e-8, moneyDecimals: 0 })).toThrow(
      expect.objectContaining({ code: "BF5010" }),
    );
  });
});

test("two quantities are the same within the noise of their sum, but whole lots only when they are", () => {
  const asGiven = make({});
  expect(asGiven.isSameQuantity(0.1 + 0.2, 0.3, 0.3)).toBe(true);
  expect(asGiven.isSameQuantity(0.3, 0.3001, 0.3)).toBe(false);
  expect(stock.isSameQuantity(2 ** 53 - 1, 2 ** 53 - 2, 2 ** 53)).toBe(false);
  expect(stock.isSameQuantity(7, 7, 7)).toBe(true);
});
