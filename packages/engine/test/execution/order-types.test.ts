import { expect, test } from "vitest";
import type { Side } from "../../src/order.js";
import type { WorkingOrder } from "../../src/order-type.js";
import { orderTypes } from "../../src/orders/index.generated.js";
import { trailing_stop } from "../../src/orders/trailing_stop.js";

const order = (given: Partial<WorkingOrder>): WorkingOrder => ({
  ...{ id: "a", type: "limit", side: "buy", purpose: "exit", quantity: 1, price: 100, tag: "", children: [] },
  ...{ limit: 100, since: 0 },
  ...given,
});

const waiting = orderTypes.filter(
  ({ name }) => !["market", "market_on_close", "trailing_stop"].includes(name),
);

test.each(waiting.flatMap((type) => (["buy", "sell"] as const).map((side) => ({ type, side }))))(
  "$type.name to $side sleeps until its price is touched, and no longer",
  ({ type, side }) => {
    const its = order({ type: type.name, side });
    const { below, above } = type.sleepsBetween(its);
    expect([below, above].filter(Number.isFinite)).toEqual([100]);
    // From a price at which it sleeps, to the one before its own and to its own.
    const [from, before] = below === 100 ? [90, 99.5] : [110, 100.5];
    expect(type.meets(its, from, before, 0)).toBeNull();
    expect(type.meets(its, from, 100, 0)).toBe(100);
  },
);

test.each(waiting.flatMap((type) => (["buy", "sell"] as const).map((side) => ({ type, side }))))(
  "$type.name to $side is met by a price that is there already, wherever it goes then",
  ({ type, side }) => {
    for (const to of [90, 100, 110])
      expect(type.meets(order({ type: type.name, side }), 100, to, 0)).toBe(100);
  },
);

test("one without the price that its type asks for breaks a promise", () => {
  for (const type of waiting)
    expect(() => type.meets(order({ type: type.name, price: null }), 90, 110, 0)).toThrow(
      `order a: a ${type.name} order without a price`,
    );
  for (const { name, becomes } of orderTypes)
    if (becomes !== undefined)
      expect(() => becomes(order({ type: name, limit: undefined }))).toThrow(
        `order a: a ${name} order without a limit`,
      );
});

/** As a trail of 5 moves when the price has come to some prices, one after another. */
const follow = (side: Side, given: Partial<WorkingOrder>, ...prices: readonly number[]): WorkingOrder => {
  const trail = { distance: 5, after: null };
  return prices.reduce<WorkingOrder>(
    (its, at) => trailing_stop.follows?.(its, at) ?? its,
    order({ type: "trailing_stop", side, price: null, trail, ...given }),
  );
};

test("a trailing stop sleeps between its stop and the best price it has seen", () => {
  expect(trailing_stop.sleepsBetween(follow("sell", {}, 100, 110, 108))).toEqual({ below: 110, above: 105 });
  expect(trailing_stop.sleepsBetween(follow("buy", {}, 100, 90, 92))).toEqual({ below: 95, above: 90 });
});

test("one that has not started sleeps while the price gets no better, and one that has seen none does not", () => {
  expect(trailing_stop.sleepsBetween(follow("sell", { startsAt: 120 }, 110))).toEqual({
    below: 110,
    above: -Infinity,
  });
  expect(trailing_stop.sleepsBetween(follow("buy", { startsAt: 80 }, 90))).toEqual({
    below: Infinity,
    above: 90,
  });
  expect(trailing_stop.sleepsBetween(follow("sell", { price: 95 }))).toEqual({
    below: -Infinity,
    above: Infinity,
  });
});

test("a trailing stop is the same order until the price is better than ever", () => {
  for (const side of ["sell", "buy"] as const) {
    const its = follow(side, {}, 100);
    expect(trailing_stop.follows?.(its, 100)).toBe(its);
    expect(trailing_stop.follows?.(its, side === "sell" ? 99 : 101)).toBe(its);
    expect(trailing_stop.follows?.(its, side === "sell" ? 101 : 99)).not.toBe(its);
  }
});

test("one without a trail breaks a promise", () => {
  expect(() => follow("sell", { trail: undefined }, 100)).toThrow(
    "order a: a trailing_stop order without a trail",
  );
});
