import type { CostModel } from "@bitfever/lang";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { affordable } from "../../src/affordable.js";
import { chargesOn, commissionOn, free, untraded, type Charges } from "../../src/costs.js";
import { Instrument, type InstrumentSpecification } from "../../src/instrument.js";
import { costsOf } from "./simple-costs.js";

const make = (given: Partial<InstrumentSpecification>): Instrument =>
  new Instrument({ symbol: "TEST", tick: null, lot: null, multiplier: 1, moneyDecimals: null, ...given });

const asGiven = make({});
const stock = make({ tick: 0.01, lot: 1, moneyDecimals: 2 });

const terms = { isMaker: false, turnover: 0 };
const whole = { numerator: 1, denominator: 1 };
/** On a value alone, for commissions that go by nothing else. */
const charged = (charges: Charges, value: number): number =>
  commissionOn(charges, { value, quantity: 1 }, untraded, terms);
const afford = (charges: Charges, cash: number, price: number, quantity: number): number =>
  affordable(charges, cash, { price, quantity, before: untraded, terms, margin: whole });

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
    for (const each of [all, some, none]) expect(each).toBeGreaterThan((all + some + none) / 40);
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
    const taker = [{ model: "maker_taker", parameters: [0, 0.001] }];
    for (const commissions of [[], costsOf({ commission: 0.001 }).commissions, taker])
      for (const price of [-1_000, 1_000]) {
        const charges = chargesOn(stock, { ...free, commissions });
        const most = afford(charges, 1_000_000, price, Number.MAX_SAFE_INTEGER);
        expect(most).toBe(commissions.length === 0 ? 1_000 : 999);
      }
  });

  test("prices below zero cost as much as those above", () => {
    expect(afford(chargesOn(stock, costsOf({})), 10_000, -1_000, 100)).toBe(10);
  });
});

/** Charges of which one knows how often they were asked for a commission. */
function counting(instrument: Instrument, model: CostModel): { charges: Charges; asked: () => number } {
  const charges = chargesOn(instrument, { ...free, commissions: [model] });
  let asked = 0;
  const commissions = charges.commissions.map(({ charge, isOfWholeOrder }) => ({
    charge: (...given: Parameters<typeof charge>) => {
      asked++;
      return charge(...given);
    },
    isOfWholeOrder,
  }));
  return { charges: { ...charges, commissions }, asked: () => asked };
}

describe("the search takes few steps", () => {
  const share = { model: "share", parameters: [0.001, 0, null] };
  const fee = { model: "per_order", parameters: [5] };

  // Mostly three: the estimate and a lot on each side of it, or all that was asked for.
  test.each([
    // 33.3 of 30.03, and the same of a size that nobody could count.
    [share, 1_000, 30, 40, 33, 3],
    [share, 1_000, 30, 1e15, 33, 3],
    [share, 1_000_000, 30, 1e9, 33_300, 3],
    // 33.167 of 30 with 5 for all of it.
    [fee, 1_000, 30, 40, 33, 3],
    [fee, 1_000, 30, 33, 33, 1],
    // 1,001 for ten: nine are left, and nothing needs to be asked of less than one.
    [share, 1_000, 100, 10, 9, 3],
    [share, 99, 100, 10, 0, 1],
    [share, 99, 100, 1e15, 0, 1],
  ] as const)("to whole lots: %j, %d at %d of %d", (model, money, price, wanted, most, steps) => {
    const { charges, asked } = counting(stock, model);
    expect(afford(charges, stock.money(money), stock.price(price, "nearest"), wanted)).toBe(most);
    expect(asked()).toBeLessThanOrEqual(steps);
  });

  // Where nothing is rounded the estimate is right but for the last bits.
  test.each([
    [share, 1_000, 30, 40, 1_000 / 30.03, 6],
    [share, 1_000_000, 30, 1e9, 1_000_000 / 30.03, 6],
    [share, 5.5, 30, 1e9, 5.5 / 30.03, 7],
    [fee, 1_000, 30, 40, 995 / 30, 6],
  ] as const)("to the last bit: %j, %d at %d of %d", (model, money, price, wanted, most, steps) => {
    const { charges, asked } = counting(asGiven, model);
    expect(afford(charges, money, price, wanted)).toBeCloseTo(most, 9);
    expect(asked()).toBeLessThanOrEqual(steps);
  });
});
