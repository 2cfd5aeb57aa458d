import fc from "fast-check";
import { expect, test } from "vitest";
import { free } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { Matching } from "../../src/matching.js";
import type { Order } from "../../src/order.js";

const asGiven = new Instrument({ symbol: "T", tick: null, lot: null, multiplier: 1, moneyDecimals: null });

const sell = (id: string, quantity: number): Order => ({
  id,
  type: "market",
  side: "sell",
  purpose: "enter",
  quantity,
  price: null,
  tag: id,
  children: [],
  entries: Infinity,
});

test("what a market reserves itself is exact: a copy has the same to spend as one with a past", () => {
  const price = fc.double({ min: 1, max: 90, noNaN: true });
  fc.assert(
    fc.property(price, fc.array(price, { minLength: 2, maxLength: 20 }), (first, prices) => {
      const open = (market: Matching): Matching => {
        market.command({ kind: "submit", order: sell("one", 5.1) });
        return market;
      };
      const market = open(new Matching(asGiven, free, "nearest", 1_000));
      [first, ...prices].forEach((each, time) => {
        market.bar({ time, open: each, high: each, low: each, close: each });
      });
      const copy = new Matching(asGiven, free, "nearest", 0);
      copy.restore(structuredClone(market.snapshot()));
      const more = sell("more", 1e6);
      for (const each of [market, copy]) each.command({ kind: "submit", order: more });
      const bar = { time: 100, open: first, high: first, low: first, close: first };
      expect(copy.bar(bar)).toEqual(market.bar(bar));
    }),
    { seed: 1, numRuns: 300 },
  );
});
