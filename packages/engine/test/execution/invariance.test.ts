import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CostModel } from "@bitfever/lang";
import { Instrument } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { Matching, type MatchedBar } from "../../src/matching.js";
import type { Command, Order } from "../../src/order.js";
import { pathNames, type PathName } from "../../src/path.js";
import { exactInstrument, live, steps, type Account, type Step, type Told } from "./random-market.js";

/*
 * What a market does not depend on: the size of its units, when it was, and whether an order is sent whole.
 */

const path = fc.constantFrom(...pathNames);
const capital = fc.constantFrom(50, 1_000, 3_000, 100_000);
const commission = fc.constantFrom<CostModel>(
  { model: "share", parameters: [0.00333, 1, null] },
  { model: "per_unit", parameters: [0.01, 0, null] },
  { model: "tiered", parameters: [0.002, 5_000, 0.001, null, null, null, null, null, null] },
);

const open = (
  instrument: Instrument,
  commissions: readonly CostModel[],
  slippages: readonly CostModel[],
  path: PathName,
  capital: number,
): Account => ({
  market: new Matching(instrument, { commissions, slippages, carries: [] }, path, instrument.money(capital)),
  ledger: new Ledger(instrument, capital),
});

const twoTicks: readonly CostModel[] = [{ model: "ticks", parameters: [2] }];

const withBars = (rows: readonly Step[], change: (bar: MatchedBar) => MatchedBar): Step[] =>
  rows.map((row) => ({ ...row, bar: change(row.bar) }));

const scaledBars = (rows: readonly Step[], by: number): Step[] =>
  withBars(rows, ({ time, open, high, low, close }) => ({
    ...{ time, open: open * by, high: high * by, low: low * by, close: close * by },
  }));

const withOrders = (rows: readonly Step[], change: (order: Order) => readonly Order[]): Step[] =>
  rows.map((row) => ({
    ...row,
    commands: row.commands.flatMap((each): Command[] =>
      each.kind === "submit" ? change(each.order).map((order) => ({ kind: "submit", order })) : [each],
    ),
  }));

const fillsOf = (told: readonly Told[]): Told["event"][] =>
  told.map(({ event }) => event).filter(({ kind }) => kind === "fill");

describe("units", () => {
  test("prices and money in another currency trade the same ticks, lots and minor units", () => {
    const tenth = new Instrument({ symbol: "X", tick: 0.1, lot: 1, multiplier: 1, moneyDecimals: 3 });
    const free = { model: "per_unit", parameters: [0.01, 0, null] } as const;
    const cheaper = { model: "per_unit", parameters: [0.001, 0, null] } as const;
    fc.assert(
      fc.property(steps, path, capital, (rows, path, capital) => {
        const here = open(exactInstrument, [free], twoTicks, path, capital);
        const there = open(tenth, [cheaper], twoTicks, path, capital / 10);
        const ours = live(here, rows);
        const scaled = withBars(rows, ({ time, open, high, low, close }) => ({
          ...{ time, open: open / 10, high: high / 10, low: low / 10, close: close / 10 },
        }));
        expect(live(there, scaled).map(({ event }) => event)).toEqual(ours.map(({ event }) => event));
        expect(there.ledger.snapshot()).toEqual(here.ledger.snapshot());
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  test("as given, prices and money twice as large are profits twice as large, to the last bit", () => {
    const asGiven = new Instrument({
      ...{ symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null },
    });
    const share: CostModel = { model: "share", parameters: [0.00333, 0, null] };
    const slip: CostModel = { model: "share", parameters: [0.001] };
    fc.assert(
      fc.property(steps, path, capital, (rows, path, capital) => {
        const small = open(asGiven, [share], [slip], path, capital);
        const large = open(asGiven, [share], [slip], path, capital * 2);
        live(small, rows);
        const doubled = withOrders(scaledBars(rows, 2), (order) => [doubledPrices(order)]);
        live(large, doubled);
        const last = rows[rows.length - 1].bar.close;
        const profits = small.ledger.trades(last).map(({ profit, quantity }) => [profit * 2, quantity]);
        expect(large.ledger.trades(last * 2).map(({ profit, quantity }) => [profit, quantity])).toEqual(
          profits,
        );
      }),
      { seed: 22, numRuns: 300 },
    );
  });

  const doubledPrices = (order: Order): Order => ({
    ...order,
    price: order.price === null ? null : order.price * 2,
    children: order.children.map(doubledPrices),
  });
});

test("it does not matter when it was", () => {
  fc.assert(
    fc.property(
      steps,
      path,
      commission,
      fc.integer({ min: 1, max: 1e12 }),
      (rows, path, commission, later) => {
        const spread = (shift: number): Step[] =>
          withBars(rows, (bar) => ({ ...bar, time: bar.time * 7 * 86_400_000 + shift }));
        const [early, late] = [0, 1].map(() => open(exactInstrument, [commission], twoTicks, path, 3_000));
        const ours = fillsOf(live(early, spread(0)));
        const theirs = fillsOf(live(late, spread(later)));
        const back = theirs.map((each) =>
          each.kind === "fill" ? { ...each, fill: { ...each.fill, time: each.fill.time - later } } : each,
        );
        expect(back).toEqual(ours);
      },
    ),
    { seed: 23, numRuns: 300 },
  );
});

test("an order in two halves costs and gains what it does whole, where costs are so much a unit", () => {
  const perUnit: CostModel = { model: "per_unit", parameters: [0.03, 0, null] };
  let seen = 0;
  const whole = (rows: readonly Step[]): Step[] => withOrders(rows, (order) => [resized(order, 2, "")]);
  const halves = (rows: readonly Step[]): Step[] =>
    withOrders(rows, (order) =>
      order.purpose === "exit"
        ? [order]
        : ["", " too"].map((name) => ({ ...resized(order, 1, name), entries: 2 })),
    );
  const resized = (order: Order, by: number, name: string): Order => ({
    ...order,
    id: `${order.id}${name}`,
    quantity: order.quantity * by,
    children: order.children.map((each) => resized(each, by, name)),
  });
  /** A cancel of one is a cancel of both. */
  const both = (rows: readonly Step[]): Step[] =>
    rows.map((row) => ({
      ...row,
      commands: row.commands.flatMap((each): Command[] =>
        each.kind === "cancel" ? [each, { kind: "cancel", id: `${each.id} too` }] : [each],
      ),
    }));
  fc.assert(
    fc.property(steps, path, (rows, path) => {
      const [one, two] = [0, 1].map(() => open(exactInstrument, [perUnit], twoTicks, path, 1_000_000));
      const [once, twice] = [whole(rows), both(halves(rows))];
      rows.forEach(({ bar }, i) => {
        live(one, [once[i]]);
        live(two, [twice[i]]);
        expect(two.ledger.equity(bar.close)).toBe(one.ledger.equity(bar.close));
        expect(two.ledger.position).toBe(one.ledger.position);
        if (two.ledger.openEntries(two.ledger.position > 0 ? "long" : "short") === 2) seen++;
      });
      expect(two.ledger.record.netProfit).toBe(one.ledger.record.netProfit);
    }),
    { seed: 24, numRuns: 500 },
  );
  expect(seen).toBeGreaterThan(250);
});
