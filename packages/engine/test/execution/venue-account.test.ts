import { describe, expect, test } from "vitest";
import type { CostModel } from "@bitfever/lang";
import { daysOf } from "../../src/calendar.js";
import { Conversion } from "../../src/conversion.js";
import { chargesOn, free, untraded } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { tillOf, type Till } from "../../src/purse.js";
import { timingOf } from "../../src/trading-calendar.js";
import { VenueAccount, type MarginRules } from "../../src/venue-account.js";

// One account in several instruments, in whole cents and prices of 1.00.

const dollars = new Instrument({ symbol: "T", tick: 1, lot: 1, multiplier: 1, moneyDecimals: 2 });
const plain: MarginRules = { initial: 1, maintenance: 0 };

function accountOn(till: Till, rules = plain, commissions: readonly CostModel[] = []): VenueAccount {
  return new VenueAccount(dollars, chargesOn(dollars, { ...free, commissions }), till, rules);
}

/** Trades a signed quantity, and leaves the price where it was. */
function trade(account: VenueAccount, quantity: number, price: number): void {
  const effect = account.position * quantity < 0 ? "close" : "open";
  account.settle({
    ...{ id: "a", parent: undefined, side: quantity > 0 ? "buy" : "sell", effect, price },
    ...{ quantity: Math.abs(quantity), time: 0, isMaker: false, before: untraded },
  });
  account.lastClose = price;
}

const most = (account: VenueAccount, price: number): number =>
  account.affordable(price, 1_000, untraded, 0, false);

describe("markets that share a till", () => {
  test("a purchase leaves the others what it did not cost", () => {
    const till = tillOf(1_000_00);
    const [one, other] = [accountOn(till), accountOn(till)];
    trade(one, 4, 100);
    expect(one.reserved).toBe(0);
    expect(most(other, 100)).toBe(6);
  });

  test("a short sale reserves twice its value, at the last price", () => {
    const till = tillOf(1_000_00);
    const [one, other] = [accountOn(till), accountOn(till)];
    trade(one, -4, 100);
    expect(one.reserved).toBe(800_00);
    expect(most(other, 100)).toBe(6);
    one.lastClose = 110;
    expect(one.reserved).toBe(880_00);
    expect(most(other, 100)).toBe(5);
    trade(one, 4, 110);
    expect(one.reserved).toBe(0);
  });

  test("with leverage a long position frees what it is worth beyond its margin", () => {
    const till = tillOf(1_000_00);
    const half = { initial: 0.5, maintenance: 0 };
    const [one, other] = [accountOn(till, half), accountOn(till, half)];
    trade(one, 10, 100);
    expect(till.cash).toBe(0);
    expect(one.reserved).toBe(-500_00);
    expect(most(other, 100)).toBe(10);
  });

  test("the margin of one ends where the others have taken the rest", () => {
    const till = tillOf(1_000_00);
    const rules = { initial: 0.5, maintenance: 0.25 };
    const [one, other] = [accountOn(till, rules), accountOn(till, rules)];
    trade(one, 10, 100);
    // 1,000 less 1,000 are 0 in cash; 10 × price = 0.25 × 10 × price has no price above 0.
    expect(one.liquidation?.price ?? null).toBeNull();
    trade(one, 2, 100);
    // Owed 200: 12 × price − 200 = 3 × price, at 22.2, up to 23.
    expect(one.liquidation?.price ?? null).toBe(23);
    trade(other, -2, 100);
    // The other has brought 200 and reserves 300: owed 300, at 33.3, up to 34.
    expect(one.liquidation?.price ?? null).toBe(34);
  });
});

describe("where the margin ends", () => {
  const endOf = (quantity: number, maintenance = 0.25, capital = 100): number | null => {
    const account = accountOn(tillOf(capital * 100), { initial: 0.5, maintenance });
    trade(account, quantity, 100);
    return account.liquidation?.price ?? null;
  };

  test("of a long position below, of a short one above, both to the safe side", () => {
    // 2 × price − 100 = 0.5 × price, at 66.7.
    expect(endOf(2)).toBe(67);
    expect(endOf(1, 0.25, 50)).toBe(67);
    // 300 − 2 × price = 0.5 × price, at 120; for one of 50: 150 = 1.25 × price.
    expect(endOf(-2)).toBe(120);
    expect(endOf(-2, 0.3)).toBe(115);
  });

  test("is nowhere without a position or a margin to keep, nor for what is paid in full", () => {
    const account = accountOn(tillOf(100_00), { initial: 0.5, maintenance: 0.25 });
    expect(account.liquidation).toBeNull();
    // In debt, with nothing held, no price helps.
    expect(accountOn(tillOf(-100_00), { initial: 0.5, maintenance: 0.25 }).liquidation).toBeNull();
    expect(endOf(2, 0)).toBeNull();
    expect(endOf(1, 0.25, 200)).toBeNull();
  });

  test("may be at a price below one", () => {
    const cents = new Instrument({ symbol: "C", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 2 });
    const charges = chargesOn(cents, free);
    const account = new VenueAccount(cents, charges, tillOf(50), { initial: 0.5, maintenance: 0.25 });
    trade(account, 1, 100);
    // 1 × price − 0.50 = 0.25 × price, at 0.667.
    expect(account.liquidation).toEqual({ price: 67, side: "sell" });
  });
});

describe("a margin call that reduces", () => {
  const rules: MarginRules = { initial: 0.5, maintenance: 0.25, call: "reduce" };
  const taker: CostModel = { model: "maker_taker", parameters: [0, 0.01] };
  /** Of 20 that were traded with 1,000 at a price, what is closed at another. */
  const closedAt = (price: number, side = 1, commissions: readonly CostModel[] = []): number => {
    const account = accountOn(tillOf(1_000_00), rules, commissions);
    // Free of charge as it was opened, so that 1,000 are owed or had beyond the position's value.
    account.transfer(commissions.length === 0 ? 0 : 20_00);
    trade(account, 20 * side, 100 * side);
    return account.liquidatedAt(price * side, 20, 5);
  };

  test.each([1, -1])(
    "closes the fewest lots that leave the margin to open the rest, at prices times %d",
    (side) => {
      // 920 are left, and 19 at 96 need 912; 600, and 15 at 80 need 600; 320, and 9 at 66 need 297, ten 330.
      expect([96, 80, 66].map((price) => closedAt(price, side))).toEqual([1, 5, 11]);
      // 1% of five at 80 is 4, which leaves less than 600; of six it is 4.80, and 14 need 560.
      expect(closedAt(80, side, [taker])).toBe(6);
    },
  );

  test("closes as much as that and no more, where quantities have no step", () => {
    const given = { symbol: "G", tick: null, lot: null, multiplier: 1, moneyDecimals: null };
    const coin = new Instrument(given);
    const account = new VenueAccount(coin, chargesOn(coin, free), tillOf(1_000), rules);
    trade(account, 20, 100);
    expect(account.liquidatedAt(66, 20, 0)).toBeCloseTo(20 - 320 / 33, 9);
  });

  test("closes whole lots of the day, and what is left of an odd quantity with the last", () => {
    const given = { symbol: "L", tick: 1, lot: 5, multiplier: 1, moneyDecimals: 2 };
    const tens = new Instrument({ ...given, changes: [{ from: 0, lot: 10 }] });
    const till = tillOf(1_000_00);
    const account = new VenueAccount(tens, chargesOn(tens, free), till, rules);
    trade(account, 3, 100);
    tens.moveTo(0);
    till.cash = -1_400_00;
    // 15 units, and 10 of them leave 100, where 5 at 100 need 250.
    expect(account.liquidatedAt(100, 3, 0)).toBe(3);
  });

  test("cannot be where it would leave what it was called for, but one that closes can", () => {
    const same = { initial: 0.5, maintenance: 0.5 };
    expect(() => accountOn(tillOf(0), { ...same, call: "reduce" })).toThrow("would do so for ever");
    expect(() => accountOn(tillOf(0), { ...same, call: "close" })).not.toThrow();
    expect(() => accountOn(tillOf(0), { initial: 2, maintenance: 2, call: "reduce" })).toThrow("cannot be");
  });
});

test("what may be taken out is cash that no position needs, and nothing borrowed", () => {
  const half = { initial: 0.5, maintenance: 0 };
  const freeOf = (quantity: number, rules = plain, last = 100): number => {
    const account = accountOn(tillOf(1_000_00), rules);
    if (quantity !== 0) trade(account, quantity, 100);
    if (quantity !== 0) account.lastClose = last;
    return account.free;
  };
  // Before there is a price.
  expect(freeOf(0)).toBe(1_000_00);
  expect(freeOf(4)).toBe(600_00);
  expect(freeOf(-4)).toBe(600_00);
  // 200 more could be borrowed on what is held.
  expect(freeOf(4, half)).toBe(600_00);
  expect(freeOf(20, half)).toBe(0);
  // 1,400 in cash, and 2,400 to buy back with a margin as large as that.
  expect(freeOf(-4, plain, 300)).toBe(0);
});

test("money put in can be spent, and what was taken out cannot", () => {
  const account = accountOn(tillOf(1_000_00));
  account.transfer(200_00);
  expect(most(account, 100)).toBe(12);
  account.transfer(-300_00);
  expect(most(account, 100)).toBe(9);
});

test("a price below zero asks for the margin of one above", () => {
  const half = { initial: 0.5, maintenance: 0 };
  const [long, short] = [accountOn(tillOf(1_000_00), half), accountOn(tillOf(1_000_00), half)];
  trade(long, 1, -100);
  trade(short, -1, -100);
  // 50 of margin, and 100 that the long one owes with what it holds, or the short one has.
  expect([long.reserved, short.reserved]).toEqual([150_00, -50_00]);
});

test("a price below zero is paid for as one above", () => {
  const share: CostModel = { model: "share", parameters: [0.1, 0, null] };
  const account = accountOn(tillOf(1_000_00), plain, [share]);
  trade(account, 1, -100);
  expect(account.snapshot().cash).toBe(1_090_00);
});

describe("what an action of the company brings", () => {
  const fifth = { numerator: 1, denominator: 5 };

  test("is paid on each side for what is held there", () => {
    const till = tillOf(1_000_00);
    const account = accountOn(till);
    expect(account.pay(fifth)).toEqual([0, 0]);
    trade(account, 3, 100);
    expect(account.pay(fifth)).toEqual([60, 0]);
    expect(till.cash).toBe(700_60);
    const short = accountOn(till);
    trade(short, -2, 100);
    expect(short.pay(fifth)).toEqual([0, -40]);
    expect(till.cash).toBe(900_20);
  });

  test.each([1, -1])("a split leaves whole lots and pays for the rest, times %d", (direction) => {
    const till = tillOf(1_000_00);
    const account = accountOn(till);
    trade(account, 3 * direction, 100);
    const cash = till.cash;
    // One for two: one, and half of one at 200.
    const paid = account.split({ numerator: 1, denominator: 2 }, 200);
    expect(paid).toEqual(direction === 1 ? { long: 100_00, short: 0 } : { long: 0, short: -100_00 });
    expect([account.position, account.lastClose, till.cash]).toEqual([
      direction,
      200,
      cash + direction * 100_00,
    ]);
  });
});

describe("an account whose instrument is in another currency", () => {
  const hour = 3_600_000;

  /** Euros that are worth 1.10 dollars up to a time, and 1.25 from then on; a price of 1.00 is a tick. */
  function euros(
    till: Till,
    settles: "value" | "profit",
    rules = plain,
    carries: readonly CostModel[] = [],
  ): VenueAccount {
    const instrument = new Instrument({
      symbol: "T",
      tick: 1,
      lot: 1,
      multiplier: 1,
      moneyDecimals: 2,
      settles,
    });
    const quotes = {
      ...{ symbol: "EURUSD", base: "EUR", quote: "USD", holdsMs: Infinity },
      ...{ closedAt: Float64Array.of(0, hour), close: Float64Array.of(1.1, 1.25) },
    };
    const conversion = new Conversion(
      [{ quotes, isInverse: false }],
      timingOf(daysOf({ zone: "UTC" }), hour),
    );
    till.now = 0;
    return new VenueAccount(instrument, chargesOn(instrument, { ...free, carries }), till, rules, conversion);
  }

  test.each([
    // 4 × 100 × 1.10 are paid; 4 × 120 × 1.25 come back, or 440 and 4 × 20 × 1.25.
    ["value", 1_160_00],
    ["profit", 1_100_00],
  ] as const)("by %s, cash at the end is what came back", (settles, cash) => {
    const till = tillOf(1_000_00);
    const account = euros(till, settles);
    trade(account, 4, 100);
    expect(till.cash).toBe(560_00);
    till.now = hour;
    trade(account, -4, 120);
    expect(till.cash).toBe(cash);
  });

  test.each(["value", "profit"] as const)(
    "by %s, what can be bought is counted in money of the account",
    (settles) => {
      const account = euros(tillOf(1_000_00), settles);
      // 1,000 ÷ 110, and by half the margin 1,000 ÷ 55.
      expect(most(account, 100)).toBe(9);
      expect(most(euros(tillOf(1_000_00), settles, { initial: 0.5, maintenance: 0 }), 100)).toBe(18);
    },
  );

  test("margin is a share of what the position is worth now, whatever it counts for", () => {
    const till = tillOf(1_000_00);
    const account = euros(till, "profit", { initial: 0.5, maintenance: 0 });
    trade(account, 10, 100);
    till.now = hour;
    account.lastClose = 120;
    // Worth 10 × 120 × 1.25 = 1,500, of which half; it counts for 1,100 and 10 × 20 × 1.25 = 250.
    expect(account.reserved).toBe(750_00 - 1_350_00);
  });

  test.each([
    // 1,000 − 1,100 + 10 × price × 1.10 = 0.2 × 10 × price × 1.10: 100 ÷ 8.8
    ["value", 0, 12],
    // At 1.25: 100 ÷ (0.8 × 12.5)
    ["value", hour, 10],
    // −100 + 1,100 + 10 × (price − 100) × 1.10: the same
    ["profit", 0, 12],
    // −100 + 1,100 + 12.5 × (price − 100) = 0.2 × 12.5 × price: 250 ÷ 10
    ["profit", hour, 25],
  ] as const)("by %s at %i, the margin ends at %i", (settles, now, price) => {
    const till = tillOf(1_000_00);
    const account = euros(till, settles, { initial: 0.5, maintenance: 0.2 });
    trade(account, 10, 100);
    till.now = now;
    expect(account.liquidation).toEqual({ price, side: "sell" });
  });

  test.each([
    // 1,000 − 4 × 100 × 1.10, and 4 × 110 × 1.25 when it is closed: 1,110 ÷ 137.50
    ["value", 8],
    // −440 as well, and 440 and 4 × 10 × 1.25 when it is closed: 1,050 ÷ 137.50
    ["profit", 7],
  ] as const)(
    "by %s, what can be bought once it is closed is counted at the rate of the moment",
    (settles, most) => {
      const till = tillOf(1_000_00);
      const account = euros(till, settles);
      trade(account, 4, 100);
      till.now = hour;
      expect(account.affordableAfterClosing(110, 1_000, 0, false)).toBe(most);
    },
  );

  test("a margin call that reduces sees what a position by profit has gained", () => {
    const rules: MarginRules = { initial: 0.5, maintenance: 0.25, call: "reduce" };
    const account = euros(tillOf(1_100_00), "profit", rules);
    trade(account, 20, 100);
    // 1,100 and a loss of 20 × 20 × 1.10 leave 660, which is half of 15 × 80 × 1.10.
    expect(account.liquidatedAt(80, 20, 0)).toBe(5);
  });

  test("without a position no rate is asked for, though there be none yet", () => {
    const till = tillOf(1_000_00);
    const account = euros(till, "value", plain, [{ model: "overnight", parameters: [0.365, 0] }]);
    [till.now, account.lastClose] = [-hour, 100];
    expect(account.carry({ from: 0, to: hour, nights: 1 })).toEqual([]);
    expect(account.pay({ numerator: 1, denominator: 2 })).toEqual([0, 0]);
    expect(account.split({ numerator: 1, denominator: 2 }, 200)).toEqual({ long: 0, short: 0 });
  });

  test("what settles by profit is not split while it is held", () => {
    const account = euros(tillOf(1_000_00), "profit");
    const half = { numerator: 1, denominator: 2 };
    expect(account.split(half, 200)).toEqual({ long: 0, short: 0 });
    trade(account, 2, 100);
    expect(() => account.split(half, 200)).toThrow("T settles by profit");
  });

  test("holding is charged on the value of the moment; nothing is borrowed for what settles by profit", () => {
    const owing = (settles: "value" | "profit"): readonly number[] => {
      const till = tillOf(1_000_00);
      const half = { initial: 0.5, maintenance: 0 };
      const account = euros(till, settles, half, [
        { model: "overnight", parameters: [0.365, 0] },
        { model: "interest", parameters: [0.365] },
      ]);
      trade(account, 15, 100);
      till.now = hour;
      return account.carry({ from: 0, to: hour, nights: 1 }).map(({ amount }) => amount);
    };
    // A thousandth of 15 × 100 × 1.25 = 1,875, and of 1,650 − 1,000 that are owed.
    expect(owing("value")).toEqual([-188, -65]);
    expect(owing("profit")).toEqual([-188]);
  });

  test("lots go first in first out, those of the other side apart, and a copy has the same", () => {
    const till = tillOf(10_000_00);
    const account = euros(till, "profit");
    trade(account, 4, 100);
    trade(account, 2, 110);
    till.now = hour;
    const copyTill = tillOf(0);
    const copy = euros(copyTill, "profit");
    copy.restore(account.snapshot());
    copyTill.now = hour;
    // 5 at 120: four that cost 440 and gained 20 × 4 × 1.25, half of 242 and 10 × 1.25.
    trade(account, -5, 120);
    expect(till.cash).toBe(10_000_00 - 440_00 - 242_00 + 540_00 + 133_50);
    trade(copy, -5, 120);
    expect(copy.snapshot()).toEqual(account.snapshot());
    expect(account.unpaid).toBe(121_00);
  });
});
