import type { CostModel } from "@bitfever/lang";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { affordable, type Asked } from "../../src/affordable.js";
import { chargesOn, commissionOn, free, untraded, type Charges } from "../../src/costs.js";
import { Instrument, type InstrumentSpecification } from "../../src/instrument.js";
import { costsOf } from "./simple-costs.js";

const make = (given: Partial<InstrumentSpecification>): Instrument =>
  new Instrument({ symbol: "TEST", tick: null, lot: null, multiplier: 1, moneyDecimals: null, ...given });

const asGiven = make({});
const stock = make({ tick: 0.01, lot: 1, moneyDecimals: 2 });

const share = { model: "share", parameters: [0.001, 0, null] } as const;
const fee = { model: "per_order", parameters: [5] } as const;

const terms = { isMaker: false, turnover: 0 };
const whole = { numerator: 1, denominator: 1 };
/** On a value alone, for commissions that go by nothing else. */
const charged = (charges: Charges, value: number): number =>
  commissionOn(charges, { value, quantity: 1 }, untraded, terms);
const afford = (charges: Charges, cash: number, price: number, quantity: number): number =>
  affordable(charges, cash, { price, quantity, before: untraded, terms, margin: whole });

/** What must be there for a quantity, said anew: its margin and its commission, in steps of money. */
function costOf(charges: Charges, asked: Omit<Asked, "quantity">, quantity: number): number {
  const { instrument } = charges;
  const value = Math.abs(instrument.notional(asked.price, quantity, asked.rate));
  const commission = commissionOn(charges, { value, quantity }, asked.before, asked.terms);
  return instrument.sum(instrument.share(value, asked.margin), commission);
}

/** The double after one above zero. */
function nextUp(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
  return bits.getFloat64(0);
}

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

  describe("to the last bit, where there are no lots", () => {
    /** Asks for more than can be paid for, and whether the double behind the answer is too much. */
    function expectMost(charges: Charges, cash: number, asked: Omit<Asked, "quantity">): number {
      const most = affordable(charges, cash, { ...asked, quantity: 1e9 });
      if (most > 0) expect(costOf(charges, asked, most)).toBeLessThanOrEqual(cash);
      expect(costOf(charges, asked, nextUp(most))).toBeGreaterThan(cash);
      return most;
    }
    const entry = { price: 3, before: untraded, terms, margin: whole };

    // A least and a most bend the line, so that guesses along it miss.
    test.each<CostModel>([
      { model: "share", parameters: [0.1, 5, null] },
      { model: "share", parameters: [0.1, 0, 3] },
      { model: "share", parameters: [0.1, 5, 6] },
      { model: "per_unit", parameters: [0.3, 4, 0.2] },
    ])("with a commission that is no line: %j", (model) => {
      for (const instrument of [asGiven, make({ moneyDecimals: 2 })]) {
        const charges = chargesOn(instrument, { ...free, commissions: [model] });
        for (let money = 1; money < 150; money += 0.7) expectMost(charges, instrument.money(money), entry);
      }
    });

    test.each([
      [0, 5],
      [0.25, 4],
    ])("of what costs 12 in money of the account, and %d of it as commission", (commission, most) => {
      const charges = chargesOn(asGiven, costsOf({ commission }));
      const rate = { numerator: 4, denominator: 1 };
      expect(expectMost(charges, 60, { ...entry, rate })).toBeCloseTo(most, 12);
    });

    test("of so many units that their value is beyond all numbers", () => {
      for (const instrument of [asGiven, make({ moneyDecimals: 2 }), make({ tick: 1, moneyDecimals: 2 })])
        for (const model of [share, fee]) {
          const charges = chargesOn(instrument, { ...free, commissions: [model] });
          const most = affordable(charges, instrument.money(1_000), {
            ...{ ...entry, price: 1e12, quantity: 1e300 },
          });
          expect(costOf(charges, { ...entry, price: 1e12 }, most)).toBeLessThanOrEqual(
            instrument.money(1_000),
          );
          expect(most).toBeGreaterThan(0.99e-9);
        }
    });
  });

  test("shares of a value as given are taken to the last bit as each commission is asked", () => {
    const entries = fc.record({
      rates: fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { maxLength: 3 }),
      price: fc.oneof(decade, fc.constantFrom(-20, 20)),
      quantity: decade,
      cash: decade,
      multiplier: fc.constantFrom(1, 0.01, 50),
      margin: fc.constantFrom(whole, { numerator: 1, denominator: 20 }, { numerator: 2, denominator: 3 }),
    });
    let some = 0;
    fc.assert(
      fc.property(entries, ({ rates, cash, multiplier, ...given }) => {
        const commissions = rates.map((rate) => ({ model: "share" as const, parameters: [rate, 0, null] }));
        const charges = chargesOn(make({ multiplier }), { ...free, commissions });
        const asked = { ...given, before: untraded, terms };
        expect(charges.shares).not.toBeNull();
        const most = affordable(charges, cash, asked);
        expect(most).toBe(affordable({ ...charges, shares: null }, cash, asked));
        if (most > 0 && most < given.quantity) some++;
      }),
      { seed: 5, numRuns: 3_000 },
    );
    expect(some).toBeGreaterThan(0);
  });

  test("of so many lots that there is no half between two of them", () => {
    // A lot is worth a millionth of a cent. What lies half way to the next cent rounds to that, which is even.
    const dust = make({ tick: 1e-8, lot: 1, moneyDecimals: 2 });
    const most = afford(chargesOn(dust, free), 5_000_000_001, 1, Number.MAX_SAFE_INTEGER);
    expect(most).toBe(5_000_000_001_499_999);
  });

  test("with three rebates that are rounded up, in money without decimals", () => {
    const yen = make({ tick: 1, lot: 1, moneyDecimals: 0 });
    const rebate: CostModel = { model: "maker_taker", parameters: [-0.005, 0] };
    const charges = chargesOn(yen, { ...free, commissions: [rebate, rebate, rebate] });
    const margin = { numerator: 1, denominator: 50 };
    // Of a value of 1,320 the margin is 26.4, and each rebate 6.6.
    const asked = { price: 22, before: untraded, terms: { ...terms, isMaker: true }, margin };
    expect(costOf(charges, asked, 60)).toBe(26 - 3 * 7);
    expect(affordable(charges, 5, { ...asked, quantity: 60 })).toBe(60);
  });

  test("by trying every lot, of lots that are worth less than a cent", () => {
    const dust = make({ tick: 0.01, lot: 0.01, moneyDecimals: 2 });
    for (const commission of [0, 0.05, 0.333])
      for (let cash = 1; cash <= 6; cash++)
        for (let price = 1; price <= 60; price += 7) {
          const charges = chargesOn(dust, costsOf({ commission }));
          const asked = { price, before: untraded, terms, margin: whole };
          let most = 0;
          while (costOf(charges, asked, most + 1) <= cash) most++;
          expect(afford(charges, cash, price, 1_000)).toBe(Math.min(most, 1_000));
        }
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

/** Charges of which one knows how often they were asked for a commission: each time that something is counted. */
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
  return { charges: { ...charges, commissions, shares: null }, asked: () => asked };
}

/** The same of charges that are shares of a value as given, which are taken without asking. */
function countingShares(instrument: Instrument, model: CostModel): ReturnType<typeof counting> {
  const charges = chargesOn(instrument, { ...free, commissions: [model] });
  let asked = 0;
  const shares = charges.shares?.map(({ numerator, denominator }) => ({
    get numerator() {
      asked++;
      return numerator;
    },
    denominator,
  }));
  if (shares === undefined) throw new Error("these charges are more than shares of a value");
  return { charges: { ...charges, shares }, asked: () => asked };
}

describe("the search takes few steps", () => {
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
    // For 100.10 a lot there is not enough, which needs nothing to be asked of two.
    [share, 100.05, 100, 10, 0, 2],
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
    [{ model: "per_order", parameters: [0] }, 1_000, 30, 40, 1_000 / 30, 6],
  ] as const)("to the last bit: %j, %d at %d of %d", (model, money, price, wanted, most, steps) => {
    const { charges, asked } = counting(asGiven, model);
    expect(afford(charges, money, price, wanted)).toBeCloseTo(most, 9);
    expect(asked()).toBeLessThanOrEqual(steps);
  });

  const ways = {
    "of shares of a value": () => countingShares(make({}), share),
    "where each share is asked": () => counting(make({}), share),
    "of a fee beside the value": () => counting(make({}), fee),
    "of many units each": () => countingShares(make({ multiplier: 50 }), share),
  };

  // Half of the guesses are right, and mostly those beside them are too much or too little.
  test.each([
    ["of shares of a value", 1, 1, 4.61],
    ["of shares of a value", 3, 20, 4.96],
    ["of many units each", 1, 20, 4.77],
    ["where each share is asked", 1, 1, 4.46],
    ["where each share is asked", 3, 20, 4.67],
    ["of a fee beside the value", 1, 1, 4.57],
    ["of a fee beside the value", 3, 20, 4.94],
  ] as const)(
    "to the last bit %s, with a margin of %d in %d: seldom eight, on average %d",
    (way, numerator, denominator, mean) => {
      const entries = 400;
      let together = 0;
      for (let i = 1; i <= entries; i++) {
        const { charges, asked } = ways[way]();
        const margin = { numerator, denominator };
        const entry = { price: 3 + (i % 97) * 0.11, margin, before: untraded, terms };
        const cash = 100 + i * 0.37;
        const quantity = affordable(charges, cash, { ...entry, quantity: 1e9 });
        expect(asked()).toBeLessThanOrEqual(8);
        together += asked();
        expect(costOf(charges, entry, quantity)).toBeLessThanOrEqual(cash);
        expect(costOf(charges, entry, nextUp(quantity))).toBeGreaterThan(cash);
      }
      expect(together / entries).toBeLessThanOrEqual(mean);
    },
  );
});
