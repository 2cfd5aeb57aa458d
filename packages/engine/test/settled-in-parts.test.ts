import { expect, it } from "vitest";
import { Instrument, Matching, type Order, type VenueEvent } from "../src/index.js";

const instrument = new Instrument({ symbol: "X", tick: 1, lot: 1, moneyDecimals: 0, multiplier: 1 });
const costs = { commissions: [], slippages: [], carries: [] };

const order = (id: string, terms: Pick<Order, "side" | "type" | "price" | "quantity">): Order => ({
  ...{ id, purpose: "enter", tag: id, children: [], ...terms },
});

it("counts in an order settled as it is placed what it has closed in parts", () => {
  const market = new Matching(instrument, costs, "nearest", 100_000, {
    ...{ settlesEntries: "at_placement", volume: 0.5 },
  });
  let time = 0;
  const bar = (price: number, volume: number): readonly VenueEvent[] =>
    market.bar({ time: ++time, open: price, high: price, low: price, close: price, volume });
  bar(10, 100);
  market.command({
    kind: "submit",
    order: order("short", { side: "sell", type: "market", price: null, quantity: 10 }),
  });
  bar(10, 100);
  market.command({
    kind: "submit",
    order: order("long", { side: "buy", type: "limit", price: 9, quantity: 5 }),
  });
  // Of fifteen lots four, six and then five are to be had.
  bar(9, 8);
  bar(9, 12);
  bar(9, 100);
  expect(market.position).toBe(5);
});
