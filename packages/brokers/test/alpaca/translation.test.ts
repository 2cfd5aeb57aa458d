import { Instrument, type Order, type VenueOrder } from "@bitfever/runtime";
import { describe, expect, it } from "vitest";
import { AlpacaFailure, failureOf } from "../../src/alpaca/failure.js";
import { FillBook, fillOfActivity, fillOfUpdate } from "../../src/alpaca/fill-book.js";
import { foundOrder, isAlike } from "../../src/alpaca/found-order.js";
import { orderBody } from "../../src/alpaca/order-body.js";
import type { AlpacaFill, AlpacaOrder } from "../../src/alpaca/payloads.js";

const instrument = new Instrument({ symbol: "AAPL", tick: 0.01, lot: 1e-9, multiplier: 1, moneyDecimals: 8 });
const shares = (count: number): number => instrument.quantity(count);
const dollars = (price: number): number => instrument.price(price, "nearest");

const order = (changes: Partial<Order>): VenueOrder => ({
  ...{ clientId: "id", strategy: "s", symbol: "AAPL" },
  order: {
    ...{ id: "o", type: "market", side: "buy", purpose: "enter", quantity: shares(3), price: null },
    ...{ tag: "t", children: [], ...changes },
  },
});

const said = (changes: Partial<AlpacaOrder>): AlpacaOrder => ({
  ...{ id: "n", client_order_id: "id", symbol: "AAPL", side: "buy", type: "limit", status: "new" },
  ...{ qty: "10", filled_qty: "0", submitted_at: "2026-01-05T15:00:00Z", ...changes },
});

describe("an order as Alpaca gets it", () => {
  it.each([
    [{}, { type: "market", qty: "3", time_in_force: "gtc" }],
    [{ quantity: shares(0.000000001) }, { qty: "0.000000001", time_in_force: "day" }],
    [
      { type: "limit", price: dollars(190.5) },
      { type: "limit", limit_price: "190.5" },
    ],
    [
      { type: "stop", side: "sell", price: dollars(180) },
      { type: "stop", side: "sell", stop_price: "180" },
    ],
    [
      { type: "stop_limit", price: dollars(210), limit: dollars(210.25) },
      { type: "stop_limit", stop_price: "210", limit_price: "210.25" },
    ],
    [{ type: "limit", price: dollars(1), duration: { kind: "fok" } }, { time_in_force: "fok" }],
    [{ type: "limit", price: dollars(1), duration: { kind: "session" } }, { time_in_force: "gtc" }],
  ] as [Partial<Order>, object][])("%o", (changes, body) => {
    expect(orderBody(order(changes), instrument)).toMatchObject(body);
  });

  it("says no price that it has not", () => {
    const body = orderBody(order({ type: "stop", price: dollars(180) }), instrument);
    expect(Object.keys(body)).not.toContain("limit_price");
  });
});

describe("what Alpaca says of an order", () => {
  it.each([
    ...["new", "partially_filled", "accepted", "pending_new", "accepted_for_bidding", "held", "stopped"],
    ...["pending_cancel", "pending_replace", "suspended", "calculated", "done_for_day", "not_known_here"],
  ])("%s may still trade", (status) => {
    expect(foundOrder(said({ status, filled_qty: "4" })).status).toBe("working");
  });

  it.each([
    ["canceled", "4", "cancelled"],
    ["replaced", "0", "cancelled"],
    ["expired", "0", "cancelled"],
    ["replaced", "10", "filled"],
    ["filled", "10", "filled"],
    ["rejected", "0", "rejected"],
  ])("%s with %s of ten is %s", (status, filled_qty, is) => {
    expect(foundOrder(said({ status, filled_qty })).status).toBe(is);
  });

  it.each([
    [{}, {}, true],
    [{ status: "accepted" }, {}, false],
    [{ status: "partially_filled", filled_qty: "1" }, {}, false],
    [{ qty: "2.5" }, {}, false],
    [{}, { qty: "2.5" }, false],
    [{}, { type: "stop" }, false],
    [{}, { side: "sell" }, false],
  ])("whether it can be changed: %o into %o is %s", (is, to, can) => {
    const body = { side: "buy", type: "limit", qty: "20", ...to };
    expect(isAlike(foundOrder(said(is)), body)).toBe(can);
  });
});

describe("a trade", () => {
  const activity = (changes: Partial<AlpacaFill> = {}): AlpacaFill => ({
    ...{ id: "a", order_id: "n", symbol: "AAPL", side: "buy", price: "190.0049", qty: "4", cum_qty: "4" },
    ...{ leaves_qty: "6", transaction_time: "2026-01-05T15:00:00.123456789Z", ...changes },
  });
  const context = { instrument, clientId: "id", strategy: "s" };

  it.each([
    // Bought dearer than is told, or cheaper; sold cheaper, or dearer.
    ["buy", "190.0049", 190, 0.0196],
    ["buy", "190.0051", 190.01, -0.0196],
    ["sell", "190.0049", 190, -0.0196],
    ["sell", "190.0051", 190.01, 0.0196],
    ["sell", "190", 190, 0],
  ])("%s at %s is told at %d, and %d as commission", (side, price, told, commission) => {
    const made = new FillBook().take(fillOfActivity(activity({ side, price })), context);
    expect([instrument.priceDecimal(made.price), instrument.moneyDecimal(made.commission)]).toEqual([
      told,
      commission,
    ]);
    expect(made).toMatchObject({ quantity: shares(4), left: shares(6), time: 1_767_625_200_123 });
  });

  it("is the same whoever tells of it, and not the next one where another is missing before", () => {
    const update = {
      ...{ event: "partial_fill", timestamp: "2026-01-05T15:00:00Z", price: "190.0049", qty: "4" },
      order: said({ status: "partially_filled", filled_qty: "4.0" }),
    };
    const fills = new FillBook();
    const [fill, second] = [fillOfUpdate(update)!, fillOfActivity(activity({ cum_qty: "7", qty: "3" }))];
    expect([fills.isNext(fill), fills.isNext(second)]).toEqual([true, false]);
    const made = fills.take(fill, context);
    expect(fills.find(fillOfActivity(activity()))).toBe(made);
    expect([fills.isNext(fill), fills.isNext(second)]).toEqual([false, true]);
    expect(fillOfUpdate({ ...update, event: "canceled" })).toBeNull();
  });
});

describe("what came of a request that failed", () => {
  it.each([
    [new AlpacaFailure(422, 40_010_001, "client_order_id must be unique"), "refused"],
    [new AlpacaFailure(403, 40_310_000, "insufficient buying power"), "refused"],
    [new AlpacaFailure(403, null, "a page of somebody in front of it"), "unsure"],
    [new AlpacaFailure(429, null, "too many requests."), "not_now"],
    [new AlpacaFailure(500, 50_010_000, "internal server error occurred"), "unsure"],
    [new AlpacaFailure(504, null, "HTTP 504"), "unsure"],
    [new TypeError("fetch failed"), "unsure"],
  ])("%s: %s", (error, failure) => {
    expect(failureOf(error)).toBe(failure);
  });
});
