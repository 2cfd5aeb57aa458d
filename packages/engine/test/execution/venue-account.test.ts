import { describe, expect, test } from "vitest";
import type { CostModel } from "@bitfever/lang";
import { chargesOn, free, untraded } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { tillOf, type Till } from "../../src/purse.js";
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
