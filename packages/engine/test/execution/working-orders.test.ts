import { expect, test } from "vitest";
import type { Order } from "../../src/order.js";
import type { WorkingOrder } from "../../src/order-type.js";
import { typeOf, WorkingOrders } from "../../src/working-orders.js";

const order = (given: Partial<WorkingOrder>): WorkingOrder => ({
  ...{ id: "a", type: "limit", side: "buy", purpose: "enter", quantity: 1, price: 95, tag: "", children: [] },
  since: 0,
  ...given,
});

const withThese = (...orders: readonly WorkingOrder[]): WorkingOrders => {
  const working = new WorkingOrders();
  working.set(orders);
  return working;
};

test("none of none has anything to do", () => {
  const { ages, closes, follows } = new WorkingOrders();
  expect([ages, closes, follows]).toEqual([false, false, false]);
  expect(new WorkingOrders().sleepThrough(-1e9, 1e9)).toBe(true);
  const emptied = withThese(order({}), order({ id: "b", type: "stop", price: 105 }));
  emptied.set([]);
  expect(emptied.sleepThrough(-1e9, 1e9)).toBe(true);
  expect([emptied.ages, emptied.closes, emptied.follows]).toEqual([false, false, false]);
});

test("all sleep while the price stays between the nearest of theirs", () => {
  const working = withThese(
    ...[95, 90].map((price) => order({ id: `below ${price}`, price })),
    ...[105, 110].map((price) => order({ id: `above ${price}`, type: "stop", price })),
  );
  expect(working.sleepThrough(95.5, 104.5)).toBe(true);
  expect(working.sleepThrough(95, 104.5)).toBe(false);
  expect(working.sleepThrough(95.5, 105)).toBe(false);
  working.set([order({ price: 90 }), order({ id: "b", type: "stop", price: 110 })]);
  expect(working.sleepThrough(90.5, 109.5)).toBe(true);
});

test.each<[string, Partial<WorkingOrder>]>([
  ["a duration", { duration: { kind: "bars", count: 3 } }],
  ["that must not take", { isPostOnly: true }],
])("one with %s is looked at on every bar", (_what, given) => {
  const working = withThese(order(given));
  expect(working.ages).toBe(true);
  expect(working.sleepThrough(100, 100)).toBe(false);
});

test("what they have in common is that of some, and over with the last of them", () => {
  const flags = ({ ages, closes, follows }: WorkingOrders): readonly boolean[] => [ages, closes, follows];
  const trail = { distance: 1, after: null };
  const trailing = order({ id: "t", type: "trailing_stop", side: "sell", trail });
  const closing = order({ id: "c", type: "market_on_close", price: null });
  const timed = order({ id: "d", duration: { kind: "day" } });
  const working = withThese(order({}), trailing, closing, timed);
  expect(flags(working)).toEqual([true, true, true]);
  working.take(({ id }) => id === "t");
  expect(flags(working)).toEqual([true, true, false]);
  working.take(({ id }) => id === "c");
  expect(flags(working)).toEqual([true, false, false]);
  working.take(({ id }) => id === "d");
  expect(flags(working)).toEqual([false, false, false]);
});

test("one changes, and the others stay", () => {
  const working = withThese(order({}), order({ id: "b", price: 90 }));
  working.change(order({ id: "b", price: 80 }));
  expect(working.list.map(({ id, price }) => [id, price])).toEqual([
    ["a", 95],
    ["b", 80],
  ]);
});

test("an order of no type that there is breaks a promise", () => {
  expect(() => typeOf(order({ type: "wish" as Order["type"] }))).toThrow("matching: no order type wish");
});
