import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf, daysOf, timingOf } from "@bitfever/engine";
import {
  BarBuilder,
  textOf,
  valueOf,
  type BarBuilderOptions,
  type FeedEvent,
  type FeedTrade,
} from "../../src/index.js";
import { shuffledBy, withoutSession } from "./feed-cases.js";

/* Closed bars of trades. */

const timing = timingOf(daysOf({ zone: "UTC" }), 60_000);
const options: BarBuilderOptions = { timing, from: 0, graceMs: 500 };
const trade = (time: number, price: number, quantity = 1): FeedTrade => ({ time, price, quantity });
const told = (builder: BarBuilder, ...steps: readonly (FeedTrade | number)[]): FeedEvent[] =>
  steps.flatMap((each) => (typeof each === "number" ? builder.at(each) : builder.on(each)));

describe("bars of trades", () => {
  it("are closed by the first trade behind the grace period, or by the clock", () => {
    const builder = new BarBuilder(options);
    expect(told(builder, trade(1_000, 10), trade(2_000, 12, 2), trade(59_999, 9), trade(60_200, 11))).toEqual(
      [],
    );
    const bar = { time: 0, open: 10, high: 12, low: 9, close: 9, volume: 4, session_bar: 0 };
    expect(told(builder, trade(60_500, 13))).toEqual([{ kind: "bar", bar }]);
    expect(told(builder, 120_499)).toEqual([]);
    const next = { time: 60_000, open: 11, high: 13, low: 11, close: 13, volume: 2, session_bar: 1 };
    expect(told(builder, 120_500)).toEqual([{ kind: "bar", bar: next }]);
  });

  it("take in what comes late within the grace period, at its place", () => {
    const builder = new BarBuilder(options);
    told(builder, trade(30_000, 10), trade(60_100, 20), trade(59_900, 8), trade(29_000, 7));
    expect(told(builder, 60_500)).toEqual([
      { kind: "bar", bar: { time: 0, open: 7, high: 10, low: 7, close: 8, volume: 3, session_bar: 0 } },
    ]);
  });

  it("are not changed by what comes later: it is told and counted", () => {
    const builder = new BarBuilder(options);
    const late = trade(59_900, 1_000);
    expect(told(builder, trade(1_000, 10), 60_500, late)).toMatchObject([
      { kind: "bar" },
      { kind: "late_trade", trade: late },
    ]);
    expect(builder.counts).toMatchObject({ bar: 1, late_trade: 1 });
    // Nobody traded in that minute, as far as was heard.
    expect(told(builder, 200_000, trade(119_000, 5))).toMatchObject([{ kind: "late_trade" }]);
  });

  it("without trades are left out, and sessions count those that are there", () => {
    const builder = new BarBuilder({
      ...options,
      after: { ...{ time: 0, open: 1, high: 1, low: 1, close: 1, volume: 1 }, session_bar: 7 },
      from: 60_000,
    });
    const events = told(builder, trade(60_000, 1), trade(600_000, 2), trade(86_400_000, 3), 90_000_000);
    expect(
      events.map((each) => (each.kind === "bar" ? [each.bar.time, each.bar.session_bar] : each)),
    ).toEqual([
      [60_000, 8],
      [600_000, 9],
      [86_400_000, 0],
    ]);
  });

  it("of a day are sessions, with their dates", () => {
    const daily = timingOf(calendarOf("NYSE", { zone: "UTC" }), 86_400_000);
    const builder = new BarBuilder({ timing: daily, from: Date.parse("2024-01-04T21:00Z") });
    const friday = Date.parse("2024-01-05T20:59Z");
    expect(told(builder, trade(friday, 10), Date.parse("2024-01-05T21:00Z"))).toMatchObject([
      { kind: "bar", bar: { time: Date.parse("2024-01-05"), close: 10, session_bar: 0 } },
    ]);
  });

  it("that began before anybody listened are a gap", () => {
    const builder = new BarBuilder({ ...options, from: 30_000 });
    expect(told(builder, trade(40_000, 1), trade(70_000, 2), 120_500)).toMatchObject([
      { kind: "gap", gap: { from: 0, to: 60_000 } },
      { kind: "bar", bar: { time: 60_000 } },
    ]);
    const after = { time: 0, open: 1, high: 1, low: 1, close: 1, volume: 1, session_bar: 0 };
    expect(told(new BarBuilder({ ...options, after, from: 180_001 }), 240_499)).toEqual([]);
    expect(told(new BarBuilder({ ...options, after, from: 180_001 }), 240_500)).toEqual([
      { kind: "gap", gap: { from: 60_000, to: 240_000 } },
    ]);
  });

  it("in which trades went missing are a gap", () => {
    const builder = new BarBuilder(options);
    const before = told(builder, trade(10_000, 1), trade(70_000, 2));
    builder.missing(190_000);
    const events = [...before, ...told(builder, trade(195_000, 3), trade(250_000, 4), 300_500)];
    expect(events).toMatchObject([
      { kind: "bar", bar: { time: 0 } },
      { kind: "gap", gap: { from: 60_000, to: 240_000 } },
      { kind: "bar", bar: { time: 240_000, open: 4 } },
    ]);
  });

  it("are not made of what is no trade", () => {
    for (const bad of [trade(NaN, 1), trade(1, Infinity), trade(1, 1, -1), trade(1, 1, NaN)])
      expect(() => new BarBuilder(options).on(bad)).toThrow(expect.objectContaining({ code: "BF5168" }));
  });
});

describe("in any order that the grace period allows, and told any number of times", () => {
  const trades = fc
    .array(
      fc.record({
        wait: fc.oneof(fc.constant(0), fc.nat(40_000)),
        price: fc.integer({ min: 1, max: 1_000 }).map((each) => each / 8),
        quantity: fc.double({ min: 0, max: 10, noNaN: true }),
        delay: fc.nat(500),
        again: fc.option(fc.nat(500), { freq: 3 }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    .map((given) => {
      let time = 1;
      return given.map(({ wait, price, quantity, ...how }, id) => ({
        trade: { time: (time += wait), price, quantity, id },
        ...how,
      }));
    });
  const end = 10_000_000;
  const barsOf = (events: readonly FeedEvent[]): unknown => events.filter(({ kind }) => kind === "bar");

  it("trades make the same bars as in their own, and no trade is late", () => {
    fc.assert(
      fc.property(trades, fc.boolean(), (given, hasClock) => {
        const clean = new BarBuilder({ timing, from: 0 });
        const expected = [...told(clean, ...given.map((each) => each.trade)), ...told(clean, end)];
        const heard = shuffledBy(
          given.flatMap(({ trade: each, delay, again }) => [
            { at: each.time + delay, what: each },
            ...(again === null ? [] : [{ at: each.time + again, what: each }]),
          ]),
        );
        const builder = new BarBuilder({ timing, from: 0, graceMs: 500 });
        const events = heard.flatMap(({ at, what }) => [
          ...(hasClock ? builder.at(at) : []),
          ...builder.on(what),
        ]);
        events.push(...builder.at(end));
        expect(events).toEqual(barsOf(expected));
        expect(builder.counts.duplicate).toBe(given.filter(({ again }) => again !== null).length);
      }),
      { numRuns: 500 },
    );
  });

  it("a builder that is cut anywhere and restored goes on the same", () => {
    fc.assert(
      fc.property(trades, fc.nat(), (given, place) => {
        const heard = shuffledBy(
          given.map(({ trade: each, delay }) => ({ at: each.time + delay, what: each })),
        );
        const whole = new BarBuilder(options);
        const first = new BarBuilder(options);
        const second = new BarBuilder(options);
        const cut = place % (heard.length + 1);
        const tell = (builder: BarBuilder, from: number, to: number): FeedEvent[] =>
          heard.slice(from, to).flatMap(({ what }) => builder.on(what));
        const expected = [...tell(whole, 0, heard.length), ...whole.at(end)];
        const before = tell(first, 0, cut);
        second.restore(valueOf(textOf(first.snapshot())) as ReturnType<BarBuilder["snapshot"]>);
        const events = [...before, ...tell(second, cut, heard.length), ...second.at(end)];
        expect(events).toEqual(expected);
        expect(second.snapshot()).toEqual(whole.snapshot());
      }),
      { numRuns: 500 },
    );
  });

  it("makes the bars that a plain look at the trades gives", () => {
    fc.assert(
      fc.property(trades, (given) => {
        const builder = new BarBuilder({ timing, from: 0 });
        const events = [...told(builder, ...given.map((each) => each.trade)), ...told(builder, end)];
        const groups = new Map<number, FeedTrade[]>();
        for (const { trade: each } of given) {
          const time = Math.floor(each.time / 60_000) * 60_000;
          groups.set(time, [...(groups.get(time) ?? []), each]);
        }
        const expected = [...groups].map(([time, of]) => {
          const prices = of.map(({ price }) => price);
          return {
            time,
            open: prices[0],
            high: Math.max(...prices),
            low: Math.min(...prices),
            close: prices.at(-1),
            volume: of.reduce((sum, { quantity }) => sum + quantity, 0),
          };
        });
        expect(withoutSession(events)).toEqual(expected);
      }),
    );
  });
});
