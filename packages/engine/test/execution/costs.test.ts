import type { CostModel } from "@bitfever/lang";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chargesOn, commissionOn, free, slipped, untraded, type Charges } from "../../src/costs.js";
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
const bar = { high: NaN, low: NaN, volume: NaN };
const slip = (charges: Charges, side: Side, price: number): number =>
  slipped(charges, side, { price, quantity: 1, bar });
/** On a value alone, for commissions that go by nothing else. */
const charged = (charges: Charges, value: number): number =>
  commissionOn(charges, { value: Math.abs(value), quantity: 1 }, untraded, terms);

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

describe("shares of a value as given are added without asking a commission", () => {
  const share = (...parameters: CostModel["parameters"]): CostModel => ({ model: "share", parameters });
  const chargesOf = (commissions: readonly CostModel[], instrument = asGiven): Charges =>
    chargesOn(instrument, { ...free, commissions });
  /** The same without the quick way. */
  const asked = (charges: Charges): Charges => ({ ...charges, shares: null });
  const rate = fc.double({ min: 0, max: 0.5, noNaN: true });

  test("and come to what the commissions say, to the last bit", () => {
    const given = fc.record({
      rates: fc.array(rate, { maxLength: 3 }),
      value: fc.double({ min: 0, max: 1e12, noNaN: true }),
    });
    fc.assert(
      fc.property(given, ({ rates, value }) => {
        const charges = chargesOf(rates.map((each) => share(each, 0, null)));
        expect(charges.shares?.length).toBe(rates.length);
        expect(charged(charges, value)).toBe(charged(asked(charges), value));
      }),
      { seed: 4, numRuns: 1_000 },
    );
  });

  test("none of which is asked", () => {
    const charges = chargesOf([share(0.01, 0, null)]);
    const commissions = [{ charge: (): number => NaN, isOfWholeOrder: false }];
    expect(charged({ ...charges, commissions }, 100)).toBe(1);
  });

  test.each([
    // Of 100 a share of 1% is 1, with a least of 2 it is that, and with a most of a half that.
    [[share(0.01, 2, null)], 2],
    [[share(0.005, 1, null)], 1],
    [[share(0.01, 0, 0.5)], 0.5],
    [[share(0.01, 0, null), share(0.01, 1.5, null)], 2.5],
    [[share(0.01, 0, null), { model: "per_order", parameters: [3] }], 4],
    [[{ model: "maker_taker", parameters: [0, 0.02] }], 2],
  ] as const)("but not where there is more to them: %j", (commissions, commission) => {
    const charges = chargesOf(commissions);
    expect(charges.shares).toBeNull();
    expect(charged(charges, 100)).toBe(commission);
  });

  test("nor where money has cents, to which each commission is rounded", () => {
    const charges = chargesOf([share(0.1, 0, null), share(0.1, 0, null)], stock);
    expect(charges.shares).toBeNull();
    // A tenth of 15 cents is a cent and a half, which rounds to two; both together would be three.
    expect(charged(charges, 15)).toBe(4);
  });
});
