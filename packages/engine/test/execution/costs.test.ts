import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  affordable,
  chargesOn,
  commissionOn,
  free,
  slipped,
  untraded,
  type Charges,
} from "../../src/costs.js";
import { Instrument, type InstrumentSpecification } from "../../src/instrument.js";
import type { Side } from "../../src/order.js";
import { costsOf, type SimpleCosts } from "./simple-costs.js";

const make = (given: Partial<InstrumentSpecification>): Instrument =>
  new Instrument({ symbol: "TEST", tick: null, lot: null, multiplier: 1, moneyDecimals: null, ...given });

const asGiven = make({});
const stock = make({ tick: 0.01, lot: 1, moneyDecimals: 2 });

const ratio = (value: number): Partial<SimpleCosts> => ({ slippage: { unit: "ratio", value } });
const ticks = (value: number): Partial<SimpleCosts> => ({ slippage: { unit: "ticks", value } });

const terms = { isMaker: false, turnover: 0 };
const whole = { numerator: 1, denominator: 1 };
const bar = { high: NaN, low: NaN, volume: NaN };
const slip = (charges: Charges, side: Side, price: number): number =>
  slipped(charges, side, { price, quantity: 1, bar });
/** On a value alone, for commissions that go by nothing else. */
const charged = (charges: Charges, value: number): number =>
  commissionOn(charges, { value: Math.abs(value), quantity: 1 }, untraded, terms);
const afford = (charges: Charges, cash: number, price: number, quantity: number): number =>
  affordable(charges, cash, { price, quantity, before: untraded, terms, margin: whole });

describe("costs that cannot be", () => {
  test.each([
    ["BF5012", "a slippage in ticks needs to know the instrument's tick", ticks(1), asGiven],
    ["BF5013", "a slippage `ticks` with count 0.5: it must be a whole number of ticks", ticks(0.5), stock],
    ["BF5013", "a slippage `ticks` with count -1: it must be a whole number of ticks", ticks(-1), stock],
    ["BF5013", "a slippage `ticks` with count NaN: it must be a whole number of ticks", ticks(NaN), stock],
    ["BF5013", "a slippage `share` with rate 1: it must be a share from 0% to below 100%", ratio(1), stock],
    [
      "BF5013",
      "a slippage `share` with rate -0.01: it must be a share from 0% to below 100%",
      ratio(-0.01),
      stock,
    ],
    [
      "BF5013",
      "a commission `share` with rate 5: it must be a share from 0% to below 100%",
      { commission: 5 },
      stock,
    ],
    [
      "BF5013",
      "a commission `share` with rate -0.0001: it must be a share from 0% to below 100%",
      { commission: -0.0001 },
      stock,
    ],
    [
      "BF5013",
      "a commission `share` with rate NaN: it must be a share from 0% to below 100%",
      { commission: NaN },
      asGiven,
    ],
  ] as const)("%s: %s", (code, message, given, instrument) => {
    expect(() => chargesOn(instrument, costsOf(given))).toThrow(
      expect.objectContaining({ code, message, hint: expect.any(String) }),
    );
  });

  test("no slippage needs no tick", () => {
    expect(slip(chargesOn(asGiven, costsOf(ticks(0))), "buy", 1.2345)).toBe(1.2345);
  });
});

describe("slippage", () => {
  test.each([
    ["buy", 10_000, ticks(2), 10_002],
    ["sell", 10_000, ticks(2), 9_998],
    ["buy", 10_000, ratio(0.0001), 10_001],
    ["sell", 10_000, ratio(0.0001), 9_999],
    ["buy", 10_001, ratio(0.0001), 10_003],
    ["sell", 10_001, ratio(0.0001), 9_999],
    ["buy", 10_000, ratio(0.00015), 10_002],
    ["buy", 10_000, ratio(0), 10_000],
    ["sell", 1, ticks(3), 0],
    ["sell", 0, ticks(3), 0],
    ["sell", -5, ticks(3), -8],
    ["buy", -1_000, ratio(0.01), -990],
    ["sell", -1_000, ratio(0.01), -1_010],
  ] as const)("%s at %d ticks with %o trades at %d", (side, price, given, expected) => {
    expect(slip(chargesOn(stock, costsOf(given)), side, price)).toBe(expected);
  });

  test("it is never in the trader's favour, and on ticks less than one tick beyond the share", () => {
    const given = fc.record({
      price: fc.integer({ min: -1_000_000, max: 1_000_000_000 }),
      share: fc.double({ min: 0, max: 0.1, noNaN: true }),
    });
    fc.assert(
      fc.property(given, ({ price, share }) => {
        const charges = chargesOn(stock, costsOf(ratio(share)));
        const lost = [slip(charges, "buy", price) - price, price - slip(charges, "sell", price)];
        for (const each of lost) {
          const exact = Math.abs(price) * share;
          expect(each).toBeGreaterThanOrEqual(exact - 1e-6);
          expect(each).toBeLessThan(exact + 1);
        }
      }),
      { seed: 1, numRuns: 3_000 },
    );
  });
});

describe("commission", () => {
  test.each([
    [12_500, 0.001, 12],
    [13_500, 0.001, 14],
    [-12_500, 0.001, 12],
    [100, 0.0005, 0],
    [1_000_000, 0.0005, 500],
    [0, 0.0005, 0],
  ])("on %d cents at %d is %d cents", (value, rate, expected) => {
    expect(charged(chargesOn(stock, costsOf({ commission: rate })), value)).toBe(expected);
  });

  test("a rate that was computed is the rate that was meant", () => {
    // 3 × 0.0001 and 0.07 ÷ 100 carry noise beyond what a fraction of safe integers holds.
    for (const [noisy, meant] of [
      [0.0001 * 3, 0.0003],
      [0.07 / 100, 0.0007],
    ])
      for (const value of [5_000, 15_000, 123_456_789])
        expect(charged(chargesOn(stock, costsOf({ commission: noisy })), value)).toBe(
          charged(chargesOn(stock, costsOf({ commission: meant })), value),
        );
    expect(charged(chargesOn(stock, costsOf({ commission: 1 / 30_000 })), 3_000_000)).toBe(100);
  });

  test("as given it is not rounded", () => {
    expect(charged(chargesOn(asGiven, costsOf({ commission: 0.002 })), 123.45)).toBe(123.45 / 500);
  });
});

describe("what an account can pay for", () => {
  const specification = fc.constantFrom<Partial<InstrumentSpecification>>(
    { tick: 0.01, lot: 1, moneyDecimals: 2 },
    { tick: 0.01, lot: 1e-8, moneyDecimals: 2 },
    { tick: 1e-8, lot: 1, moneyDecimals: 2 },
    { tick: 1e-8, lot: 0.001, moneyDecimals: 8 },
    { tick: 0.25, lot: 1, multiplier: 50, moneyDecimals: 2 },
    { tick: 1, lot: 100, moneyDecimals: 0 },
    { lot: 1, moneyDecimals: 2 },
    { moneyDecimals: 2 },
    { tick: 0.01, moneyDecimals: 2 },
    { lot: 1e-8 },
    {},
  );
  const decade = fc.double({ min: -8, max: 12, noNaN: true }).map((power) => 10 ** power);
  const given = fc.record({
    specification,
    price: decade,
    wanted: fc.oneof(decade, fc.constantFrom(1e300, Number.MAX_SAFE_INTEGER)),
    capital: fc.oneof(fc.constantFrom(0.01, 1, 100_000, 50_000_000), decade),
    commission: fc.constantFrom(0, 0.0005, 0.00333, 0.5),
  });

  /** What an instrument counts, or null where it has said that it cannot. */
  function countable<Of>(count: () => Of): Of | null {
    try {
      return count();
    } catch (error) {
      expect(error).toMatchObject({ code: "BF5010" });
      return null;
    }
  }

  test("it is never more than there is, and a lot more would be: for every instrument and from 1e-8 to 1e12", () => {
    let [all, some, none] = [0, 0, 0];
    fc.assert(
      fc.property(given, ({ specification, price, wanted, capital, commission }) => {
        const instrument = make(specification);
        const charges = chargesOn(instrument, costsOf({ commission }));
        const counted = countable(() => [instrument.price(price, "up"), instrument.money(capital)]);
        if (counted === null) return;
        const [at, cash] = counted;
        const asked = instrument.quantity(wanted);
        const cost = (quantity: number): number => {
          const value = instrument.notional(at, quantity);
          return value + charged(charges, value);
        };
        const quantity = afford(charges, cash, at, asked);
        expect(quantity).toBeGreaterThanOrEqual(0);
        expect(quantity).toBeLessThanOrEqual(asked);
        if (instrument.specification.lot !== null) expect(Number.isSafeInteger(quantity)).toBe(true);
        if (quantity > 0) expect(cost(quantity)).toBeLessThanOrEqual(cash);
        if (quantity === asked) all++;
        else {
          if (quantity > 0) some++;
          else none++;
          // One lot, or one bit, more.
          const more = instrument.specification.lot === null ? quantity * (1 + 2 ** -49) : quantity + 1;
          if (more > 0 && cash > 0) expect(cost(more)).toBeGreaterThanOrEqual(cash);
        }
      }),
      { seed: 2, numRuns: 8_000 },
    );
    for (const each of [all, some, none]) expect(each).toBeGreaterThan(200);
  });

  test("it is the most that the cash pays for, by trying every lot", () => {
    const small = fc.record({
      cash: fc.integer({ min: 0, max: 3_000 }),
      price: fc.integer({ min: 1, max: 300 }),
      wanted: fc.integer({ min: 1, max: 40 }),
      commission: fc.constantFrom(0, 0.0005, 0.05, 0.333),
      // A lot may be worth less than a cent, and a cent many lots.
      lot: fc.constantFrom(1, 0.01, 0.001),
    });
    fc.assert(
      fc.property(small, ({ cash, price, wanted, commission, lot }) => {
        const instrument = make({ tick: 0.01, lot, moneyDecimals: 2 });
        const charges = chargesOn(instrument, costsOf({ commission }));
        let most = 0;
        for (let quantity = 1; quantity <= wanted; quantity++) {
          const value = instrument.notional(price, quantity);
          if (cash > 0 && value + charged(charges, value) <= cash) most = quantity;
        }
        expect(afford(charges, cash, price, wanted)).toBe(most);
      }),
      { seed: 3, numRuns: 5_000 },
    );
  });

  test("with leverage a rebate pays for more: a hundredth of the value is much of a margin of a twentieth", () => {
    const rebate = { model: "maker_taker", parameters: [-0.01, 0] };
    const charges = chargesOn(stock, { ...free, commissions: [rebate] });
    const asked = {
      price: 10_000,
      quantity: 1_000,
      before: untraded,
      margin: { numerator: 1, denominator: 20 },
    };
    // A share of 100.00 needs 5.00, of which 1.00 comes back.
    const most = (isMaker: boolean): number =>
      affordable(charges, 40_000, { ...asked, terms: { isMaker, turnover: 0 } });
    expect(most(true)).toBe(100);
    expect(most(false)).toBe(80);
  });

  test.each([0, -1, -1e9, NaN])("cash of %d pays for nothing, even where it costs nothing", (cash) => {
    expect(afford(chargesOn(stock, costsOf({})), cash, 0, 10)).toBe(0);
    expect(afford(chargesOn(asGiven, costsOf({})), cash, 1, 10)).toBe(0);
  });

  test.each([0, -1, NaN])("of a size of %d there is nothing to pay for", (wanted) => {
    expect(afford(chargesOn(stock, costsOf({})), 100, 100, wanted)).toBe(0);
  });

  test("one cent pays for what costs a cent", () => {
    expect(afford(chargesOn(stock, costsOf({})), 1, 1, 10)).toBe(1);
  });

  test("a size that nobody could count is cut all the same, whatever the price and the costs", () => {
    for (const costs of [{}, { commission: 0.001 }])
      for (const price of [-1_000, 1_000]) {
        const most = afford(chargesOn(stock, costsOf(costs)), 1_000_000, price, Number.MAX_SAFE_INTEGER);
        expect(most).toBe(costs.commission === undefined ? 1_000 : 999);
      }
  });

  test("prices below zero cost as much as those above", () => {
    expect(afford(chargesOn(stock, costsOf({})), 10_000, -1_000, 100)).toBe(10);
  });
});
