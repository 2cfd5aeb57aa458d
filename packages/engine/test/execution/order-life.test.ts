import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { free } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { LoggedMatching } from "../../src/logged-matching.js";
import type { Order } from "../../src/order.js";
import { isOver, orderLife, stateAfter } from "../../src/order-life.js";
import type { LoggedOrder } from "../../src/order-log.js";
import { pathNames } from "../../src/path.js";
import { entryOrder, exactInstrument, exitOrder, fillsOf, live, steps } from "./random-market.js";
import { costsOf } from "./simple-costs.js";

describe("the table of an order's life", () => {
  test("names only its own states, each can be come to, and each has an end", () => {
    const states = Object.keys(orderLife);
    const reached = new Set(Object.values(orderLife).flatMap(({ next }) => Object.values(next)));
    expect([...reached].filter((each) => !states.includes(each))).toEqual([]);
    // The first of a stop or target, and that of all others.
    expect(states.filter((each) => !reached.has(each as keyof typeof orderLife))).toEqual(["waiting"]);
    for (const { next } of Object.values(orderLife))
      expect(Object.keys(next).length === 0 || next.cancel === "cancelled").toBe(true);
  });

  test("lets nothing happen to what is over", () => {
    expect(isOver("filled")).toBe(true);
    expect(isOver("partly_filled")).toBe(false);
    expect(() => stateAfter("filled", "cancel", "a")).toThrow("order a: cancel in the state filled");
    expect(() => stateAfter("waiting", "fill", "a")).toThrow("order a: fill in the state waiting");
  });
});

test("nothing happens on a market but what the table allows, and the log says what works", () => {
  const seen = new Map<string, number>();
  const rules = fc.record({
    hedges: fc.boolean(),
    latency: fc.constantFrom(0, 1),
    volume: fc.constantFrom(null, 0.05),
    margin: fc.constantFrom(
      { initial: 1, maintenance: 0 },
      { initial: 0.2, maintenance: 0.15, call: "reduce" as const },
    ),
    settlesEntries: fc.constantFrom("at_fill" as const, "at_placement" as const),
  });
  const capital = fc.constantFrom(1_000, 3_000, 100_000);
  fc.assert(
    fc.property(steps, fc.constantFrom(...pathNames), rules, capital, (rows, path, given, capital) => {
      const costs = costsOf({ commission: 0.00333, slippage: { unit: "ticks", value: 1 } });
      const cash = exactInstrument.money(capital);
      const market = new LoggedMatching(exactInstrument, costs, path, cash, given);
      const told = live(
        { market, ledger: new Ledger(exactInstrument, capital) },
        rows.map((row) => ({ ...row, bar: { ...row.bar, volume: 400 } })),
      );
      const { orders } = market.log;
      const atWork = orders.filter(({ state }) => state === "working" || state === "partly_filled");
      const working = market.snapshot().working.filter(({ purpose }) => purpose !== "liquidation");
      expect(new Set(atWork.map(({ id }) => id))).toEqual(new Set(working.map(({ id }) => id)));
      const traded = fillsOf(told).reduce((sum, { quantity }) => sum + quantity, 0);
      expect(orders.reduce((sum, { filled }) => sum + filled, 0)).toBe(traded);
      for (const { state, endTime, reason, filled, averagePrice } of orders) {
        expect(endTime === null).toBe(!isOver(state));
        expect(reason === null).toBe(state !== "cancelled" && state !== "rejected");
        expect(averagePrice === null).toBe(filled === 0);
        seen.set(state, (seen.get(state) ?? 0) + 1);
        if (reason !== null) seen.set(reason, (seen.get(reason) ?? 0) + 1);
      }
    }),
    { seed: 41, numRuns: 600 },
  );
  for (const state of Object.keys(orderLife)) expect(seen.get(state) ?? 0, state).toBeGreaterThan(20);
});

test("the log of a bracket, told by hand", () => {
  const halves = new Instrument({ symbol: "T", tick: 0.5, lot: 1, multiplier: 1, moneyDecimals: 2 });
  const market = new LoggedMatching(halves, free, "nearest", 100_000_00);
  const bar = (
    time: number,
    [open, high, low, close]: readonly number[],
  ): Parameters<typeof market.bar>[0] => ({
    ...{ time, open, high, low, close },
  });
  const entry = (id: string, type: Order["type"], price: number | null): Order => ({
    ...entryOrder({ id, side: "long", quantity: 2, stop: 2 * 98, target: 2 * 104 }),
    ...{ type, price },
  });
  market.bar(bar(0, [100, 100, 100, 100]));
  market.command({ kind: "submit", order: entry("in", "market", null) });
  market.command({ kind: "submit", order: entry("dip", "limit", 2 * 90) });
  market.bar(bar(1, [100, 101, 99, 100]));
  market.bar(bar(2, [101, 105, 100, 104]));
  market.command({ kind: "cancel", id: "dip" });
  market.command({ kind: "submit", order: exitOrder("late", "long") });
  const line = ({ id, sentTime, state, endTime, filled, averagePrice, reason }: LoggedOrder): string =>
    `${id}: ${sentTime} to ${endTime}, ${state} ${filled} at ${averagePrice}${reason === null ? "" : `, ${reason}`}`;
  expect(market.log.orders.map(line)).toEqual([
    "in: 0 to 1, filled 2 at 100",
    "in stop: 1 to 2, cancelled 0 at null, there is nothing left that it would close",
    "in target: 1 to 2, filled 2 at 104",
    "dip: 0 to 2, cancelled 0 at null, it was taken back, or another one took its place",
    "dip stop: 0 to 2, cancelled 0 at null, it was taken back, or another one took its place",
    "dip target: 0 to 2, cancelled 0 at null, it was taken back, or another one took its place",
    "late: 2 to 2, cancelled 0 at null, there is nothing left that it would close",
  ]);
});
