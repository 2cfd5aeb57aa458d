import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Instrument, type StepChange } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { Matching } from "../../src/matching.js";
import type { Order, VenueEvent } from "../../src/order.js";
import { lives, markets, orderOf, type Life } from "./random-account.js";

/* Ticks and lots that change on a date: all times are counted in one step, and each rounds to its own. */

/** A share in sixteenths by hundreds, that goes to cents and single shares. */
const share = (): Instrument =>
  new Instrument({
    ...{ symbol: "T", tick: 0.0625, lot: 100, multiplier: 1, moneyDecimals: 2 },
    changes: [
      { from: 10, tick: 0.01 },
      { from: 20, lot: 1 },
    ],
  });

describe("an instrument whose steps change", () => {
  test("counts in what both ticks are multiples of, and rounds to the one that holds", () => {
    const instrument = share();
    // 1/16 and 1/100 are 25 and 4 four-hundredths.
    expect(instrument.price(100.07, "nearest")).toBe(100.0625 * 400);
    expect(instrument.price(100.07, "up")).toBe(100.125 * 400);
    expect(instrument.ticks(3)).toBe(75);
    expect(instrument.distance(40_000, 0.001)).toBe(50);
    expect(instrument.moveTo(9)).toBe(false);
    expect(instrument.moveTo(10)).toBe(true);
    expect(instrument.priceDecimal(instrument.price(100.0712, "nearest"))).toBe(100.07);
    expect(instrument.ticks(3)).toBe(12);
    expect(instrument.distance(40_000, 0.00101)).toBe(44);
    expect(instrument.moveTo(15)).toBe(false);
    expect(instrument.onTicks(40_025, "down")).toBe(40_024);
    expect(instrument.onTicks(40_025, "up")).toBe(40_028);
  });

  test("keeps lots apart from ticks, and what was counted before keeps its worth", () => {
    const instrument = share();
    expect(instrument.quantityDecimal(instrument.quantity(250))).toBe(200);
    const worth = instrument.notional(instrument.price(10.0625, "nearest"), instrument.quantity(200));
    expect(worth).toBe(2_012_50);
    instrument.moveTo(20);
    expect(instrument.quantityDecimal(instrument.quantity(250.5))).toBe(250);
    expect(instrument.notional(instrument.price(10.0625, "nearest"), instrument.quantity(200))).toBe(
      2_012_00,
    );
    expect(instrument.wholeLots(instrument.quantity(250))).toBe(250);
    instrument.moveTo(0);
    expect(instrument.wholeLots(250)).toBe(200);
    expect(instrument.lotSteps).toBe(100);
  });
});

describe("orders that rest while the steps change", () => {
  const bar = (time: number, open: number, high = open, low = open) => ({
    time,
    open,
    high,
    low,
    close: open,
  });
  const order = (given: Partial<Order>): Order => ({
    ...{
      id: "a",
      type: "limit",
      side: "buy",
      purpose: "enter",
      quantity: 100,
      price: null,
      tag: "a",
      children: [],
    },
    ...given,
  });
  const fillsOf = (events: readonly VenueEvent[], instrument: Instrument): readonly number[] =>
    events.flatMap((event) => (event.kind === "fill" ? [instrument.priceDecimal(event.fill.price)] : []));

  function venueOn(instrument: Instrument): Matching {
    return new Matching(
      instrument,
      { commissions: [], slippages: [{ model: "ticks", parameters: [1] }], carries: [] },
      "nearest",
      1_000_000_00,
    );
  }

  test.each([
    // A limit goes to the better tick, a stop to the later one; the stop loses a tick of a cent.
    ["limit", "buy", 100.0625, 100.06],
    ["limit", "sell", 100.0625, 100.07],
    ["stop", "buy", 100.0625, 100.08],
    ["stop", "sell", 100.0625, 100.05],
  ] as const)("a %s order to %s goes to the next cent on the safe side", (type, side, price, filled) => {
    const instrument = share();
    const venue = venueOn(instrument);
    venue.bar(bar(0, 100.0625));
    const steps = instrument.price(price, "nearest");
    const waitsBelow = (type === "limit") === (side === "buy");
    const away = waitsBelow ? 101 : 99;
    venue.command({ kind: "submit", order: order({ type, side, price: steps }) });
    expect(fillsOf(venue.bar(bar(10, away, 101, 99)), instrument)).toEqual([filled]);
  });

  test("a limit that must be gone through is, by a tick of the day", () => {
    const met = (low: number): number => {
      const instrument = share();
      const costs = { commissions: [], slippages: [], carries: [] };
      const venue = new Matching(instrument, costs, "nearest", 1_000_000_00, { through: 1 });
      venue.bar(bar(0, 101));
      venue.command({ kind: "submit", order: order({ price: 100 * 400 }) });
      return fillsOf(venue.bar(bar(10, 101, 101, low)), instrument).length;
    };
    expect([met(100), met(99.99)]).toEqual([0, 1]);
  });

  test("what enters goes down to whole lots, and is cancelled where there is none left", () => {
    const instrument = new Instrument({
      ...{ symbol: "T", tick: 1, lot: 1, multiplier: 1, moneyDecimals: 2 },
      changes: [{ from: 10, lot: 100 }],
    });
    const venue = venueOn(instrument);
    venue.bar(bar(0, 100));
    venue.command({ kind: "submit", order: order({ id: "some", quantity: 250, price: 50 }) });
    venue.command({ kind: "submit", order: order({ id: "none", quantity: 99, price: 50 }) });
    const events = venue.bar(bar(10, 50));
    expect(events).toContainEqual({ kind: "cancelled", id: "none", reason: "no_lot" });
    expect(events.flatMap((event) => (event.kind === "fill" ? [event.fill.quantity] : []))).toEqual([200]);
  });

  test("a position of odd lots is left as a whole", () => {
    const instrument = new Instrument({
      ...{ symbol: "T", tick: 1, lot: 1, multiplier: 1, moneyDecimals: 2 },
      changes: [{ from: 10, lot: 100 }],
    });
    const venue = venueOn(instrument);
    venue.bar(bar(0, 100));
    venue.command({ kind: "submit", order: order({ type: "market", quantity: 150 }) });
    venue.bar(bar(5, 100));
    venue.command({
      kind: "submit",
      order: order({ id: "out", type: "market", side: "sell", purpose: "exit", quantity: 150 }),
    });
    const events = venue.bar(bar(10, 100));
    expect(events.flatMap((event) => (event.kind === "fill" ? [event.fill.quantity] : []))).toEqual([150]);
  });
});

describe("a life", () => {
  /** All that happened, in decimals. */
  function live(life: Life, changes: readonly StepChange[], of: { tick: number; lot: number }): unknown {
    const { path, commissions, slippages, margin, volumeShare, capital, steps } = life;
    const instrument = new Instrument({ ...markets[life.market].instrument, ...of, changes });
    const costs = { commissions, slippages, carries: [] };
    const venue = new Matching(instrument, costs, path, instrument.money(capital), {
      margin: { ...margin, call: margin.initial > margin.maintenance ? "reduce" : "close" },
      volume: volumeShare,
    });
    const ledger = new Ledger(instrument, capital);
    const told: unknown[] = [];
    const hear = (events: readonly VenueEvent[], bar: number): void => {
      for (const event of events) {
        if (event.kind !== "fill") {
          told.push(event.kind, "id" in event ? event.id : "");
          continue;
        }
        ledger.apply(event.fill, bar);
        const { price, quantity, commission, orderId, reason } = event.fill;
        told.push([
          orderId,
          reason,
          instrument.priceDecimal(price),
          instrument.quantityDecimal(quantity),
          commission,
        ]);
      }
    };
    steps.forEach(({ bar, intents }, i) => {
      hear(venue.bar(bar), i);
      for (const intent of intents) {
        const order = orderOf(intent, instrument);
        if (order.quantity > 0) hear(venue.command({ kind: "submit", order }), i);
      }
      told.push(ledger.equity(bar.close));
    });
    return told;
  }

  const numRuns = Number(process.env["LAW_RUNS"] ?? 150);
  const other = fc.record({ tick: fc.constantFrom(1 / 16, 0.03, 0.5), lot: fc.constantFrom(0.5, 3, 0.07) });
  const fine = lives.filter(({ market }) => market === "coin" || market === "future");

  test("that is over before the change is that of the steps before it", () => {
    fc.assert(
      fc.property(fine, other, (life, after) => {
        const { tick, lot } = markets[life.market].instrument;
        const late = [{ from: 1e15, ...after }];
        expect(live(life, late, { tick, lot })).toEqual(live(life, [], { tick, lot }));
      }),
      { seed: 1, numRuns },
    );
  });

  test("that begins after the change is that of the steps after it", () => {
    fc.assert(
      fc.property(fine, other, (life, before) => {
        const { tick, lot } = markets[life.market].instrument;
        expect(live(life, [{ from: -1, tick, lot }], before)).toEqual(live(life, [], { tick, lot }));
      }),
      { seed: 2, numRuns },
    );
  });
});
