import { expect, test } from "vitest";
import { chargesOn, free, untraded } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { tillOf } from "../../src/purse.js";
import { Turnover } from "../../src/turnover.js";
import { VenueAccount } from "../../src/venue-account.js";

const dayMs = 86_400_000;

test("what was traded counts for thirty days, to the millisecond", () => {
  const turnover = new Turnover();
  turnover.add(5, 100);
  turnover.add(dayMs, 7);
  expect(turnover.before(5)).toBe(107);
  expect(turnover.before(30 * dayMs + 4)).toBe(107);
  expect(turnover.before(30 * dayMs + 5)).toBe(7);
  expect(turnover.before(31 * dayMs)).toBe(0);
});

test("ten cents and seventy are eighty: a rate holds from its turnover on, whatever doubles add up to", () => {
  expect(0.1 + 0.7).toBeLessThan(0.8);
  const instrument = new Instrument({ symbol: "X", tick: 0.1, lot: 1, multiplier: 1, moneyDecimals: 2 });
  const tiered = { model: "tiered", parameters: [0.5, 0.8, 0.1, null, null, null, null, null, null] };
  const charges = chargesOn(instrument, { ...free, commissions: [tiered] });
  const account = new VenueAccount(instrument, charges, tillOf(1_000), { initial: 1, maintenance: 0 });
  const buy = (price: number): number =>
    account.settle({
      ...{ id: "a", parent: undefined, side: "buy", effect: "open", price, quantity: 1 },
      ...{ time: 0, isMaker: false, before: untraded },
    });
  expect([1, 7, 10].map(buy)).toEqual([5, 35, 10]);
});
