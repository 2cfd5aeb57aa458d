import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { barsOf, type Bars } from "../../src/bars.js";
import { calendarOf, daysOf } from "../../src/calendar.js";
import { openTimeOf } from "../../src/close-time.js";
import { Conversion } from "../../src/conversion.js";
import { free } from "../../src/costs.js";
import { decimalsOf, pairOf } from "../../src/currency.js";
import type { FillRules } from "../../src/fill-rules.js";
import { ratioOf, twiceScaledProduct } from "../../src/fraction.js";
import { Instrument } from "../../src/instrument.js";
import { Matching, type MatchedBar } from "../../src/matching.js";
import type { Order, VenueEvent } from "../../src/order.js";
import { legsBetween, quotesOf, type Quotes } from "../../src/rates.js";
import { timingOf } from "../../src/trading-calendar.js";

const hour = 3_600_000;
const day = 24 * hour;
const days = daysOf({ zone: "UTC" });

/** Bars of an hour from 1 January 2024 on, of which only the closes matter. */
function hourly(symbol: string, closes: readonly number[], step = hour): Bars {
  const close = Float64Array.from(closes);
  const time = close.map((_, i) => Date.UTC(2024, 0, 1) + i * step);
  return barsOf(symbol, { time, open: close, high: close, low: close, close, volume: close });
}

const quotes = (symbol: string, closes: readonly number[], step = hour): Quotes =>
  quotesOf(hourly(symbol, closes, step), timingOf(days, step));

const conversion = (from: string, to: string, ...all: readonly Quotes[]): Conversion =>
  new Conversion(legsBetween(from, to, all), timingOf(days, hour));

const at = (hours: number): number => Date.UTC(2024, 0, 1) + hours * hour;

describe("pairs", () => {
  test.each([
    ["EURUSD", [], "EUR", "USD"],
    ["EUR/USD", [], "EUR", "USD"],
    ["BTC-USDT", [], "BTC", "USDT"],
    ["BTC_USDT", [], "BTC", "USDT"],
    ["BTCUSDT", ["USDT"], "BTC", "USDT"],
    ["DOGEUSD", ["USD"], "DOGE", "USD"],
    ["USDDOGE", ["USD"], "USD", "DOGE"],
  ])("%s with %j known is %s in %s", (symbol, known, base, quote) => {
    expect(pairOf(symbol, known)).toEqual({ base, quote });
  });

  test.each([
    ["AAPL", []],
    ["BTCUSDT", []],
    ["EURUSD/X", []],
    ["USDUSD", []],
    ["EUR/usd", []],
    ["A/B/C", []],
  ])("%s is none", (symbol, known) => {
    expect(pairOf(symbol, known)).toBeNull();
  });

  test("minor units are those of ISO 4217, and eight decimals of what it does not list", () => {
    expect(["USD", "EUR", "JPY", "KWD", "BTC", "USDT"].map(decimalsOf)).toEqual([2, 2, 0, 3, 8, 8]);
  });
});

describe("rates", () => {
  const eurusd = quotes("EURUSD", [1.1, 1.2, 1.25]);

  test("a rate is known when its bar has closed, and holds until the next has", () => {
    const euros = conversion("EUR", "USD", eurusd);
    expect(euros.at(at(1))).toEqual({ numerator: 11, denominator: 10 });
    expect(euros.at(at(2) - 1)).toEqual({ numerator: 11, denominator: 10 });
    expect(euros.at(at(2))).toEqual({ numerator: 6, denominator: 5 });
    expect(euros.at(at(9))).toEqual({ numerator: 5, denominator: 4 });
    expect(euros.at(at(1))).toEqual({ numerator: 11, denominator: 10 });
  });

  test("the other way round it is the inverse, exactly", () => {
    expect(conversion("USD", "EUR", eurusd).at(at(1))).toEqual({ numerator: 10, denominator: 11 });
  });

  test("two that meet in one currency are multiplied, exactly; a rate of its own goes before them", () => {
    const usdjpy = quotes("USD/JPY", [150.25, 151, 152]);
    // 1.1 × 150.25 = 165.275
    expect(conversion("EUR", "JPY", eurusd, usdjpy).at(at(1))).toEqual({ numerator: 6_611, denominator: 40 });
    expect(conversion("JPY", "EUR", eurusd, usdjpy).at(at(1))).toEqual({ numerator: 40, denominator: 6_611 });
    const eurjpy = quotes("EURJPY", [165, 166, 167]);
    expect(conversion("EUR", "JPY", eurusd, usdjpy, eurjpy).at(at(1))).toEqual({
      numerator: 165,
      denominator: 1,
    });
  });

  test("each of two moves when its own bar closes", () => {
    const daily = quotes("USDJPY", [150, 151], day);
    const yen = conversion(
      "EUR",
      "JPY",
      quotes(
        "EURUSD",
        Array.from({ length: 60 }, (_, i) => 1 + i),
      ),
      daily,
    );
    expect(yen.at(at(24))).toEqual({ numerator: 24 * 150, denominator: 1 });
    expect(yen.at(at(47))).toEqual({ numerator: 47 * 150, denominator: 1 });
    expect(yen.at(at(48))).toEqual({ numerator: 48 * 151, denominator: 1 });
  });

  test("through two others there is no way, and the error says what there is", () => {
    expect(() => legsBetween("EUR", "KRW", [eurusd, quotes("USDJPY", [150]), quotes("JPYKRW", [9])])).toThrow(
      expect.objectContaining({
        code: "BF5091",
        message: "there is no rate from EUR to KRW, the currency of the account",
        hint: expect.stringContaining("there are EUR/USD, USD/JPY, JPY/KRW"),
      }),
    );
  });

  test("before the first rate is an error that says when it is there, and long after the last one too", () => {
    const euros = conversion("EUR", "USD", eurusd);
    expect(() => euros.at(at(1) - 1)).toThrow(
      expect.objectContaining({
        code: "BF5093",
        message: expect.stringContaining("the first is known from 2024-01-01T01:00:00Z on"),
      }),
    );
    expect(euros.at(at(3 + 10 * 24))).toEqual({ numerator: 5, denominator: 4 });
    expect(() => euros.at(at(3 + 10 * 24) + 1)).toThrow(
      expect.objectContaining({
        code: "BF5093",
        message: expect.stringContaining("is of 2024-01-01T03:00:00Z"),
      }),
    );
    // Of months, one may be late.
    const monthly = conversion("EUR", "USD", quotes("EURUSD", [1.1, 1.2], 30 * day));
    expect(monthly.at(at((60 + 89) * 24))).toEqual({ numerator: 6, denominator: 5 });
  });

  test.each([
    ["a symbol that is no pair", () => quotes("RATES", [1])],
    ["none", () => quotes("EURUSD", [])],
    ["zero", () => quotes("EURUSD", [1, 0])],
    ["below zero", () => quotes("EURUSD", [1, -1])],
    ["absent", () => quotes("EURUSD", [NaN])],
  ])("%s is no rate", (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: "BF5094" }));
  });

  test("bars that carry dates open and close with the sessions of their market", () => {
    const timing = timingOf(calendarOf("NYSE", { zone: "UTC" }), day);
    const monday = Date.UTC(2024, 0, 8);
    expect(openTimeOf(timing)(monday)).toBe(monday + 14.5 * hour);
    const euros = new Conversion(
      legsBetween("EUR", "USD", [quotes("EURUSD", [1.1, 1.2], 12 * hour)]),
      timing,
    );
    expect(euros.closeOf(monday)).toBe(monday + 21 * hour);
    expect(euros.openOf(monday)).toBe(monday + 14.5 * hour);
  });
});

describe("a fill is converted at what is known at its moment", () => {
  const euros = { symbol: "T", tick: 1, lot: 1, multiplier: 1, moneyDecimals: 2 };
  /** Rates close at each full hour; bars of an hour open then. */
  const marketOf = (rules: Partial<FillRules> = {}): Matching => {
    const rate = conversion("EUR", "USD", quotes("EURUSD", [2, 3, 4, 5, 6]));
    return new Matching(new Instrument(euros), free, "ohlc", 1_000_000_00, rules, rate);
  };
  const buy: Order = {
    ...{ id: "in", type: "market", side: "buy", purpose: "enter", quantity: 1 },
    ...{ price: null, tag: "", children: [] },
  };
  const bar = (hours: number): MatchedBar => ({
    ...{ time: at(hours), open: 100, high: 100, low: 100, close: 100 },
  });
  const rates = (events: readonly VenueEvent[]): readonly unknown[] =>
    events.map((each) => (each.kind === "fill" ? each.fill.rate?.numerator : each.kind));

  test("at an open, at a close, and once there are no more bars", () => {
    const market = marketOf();
    market.bar(bar(1));
    market.command({ kind: "submit", order: buy });
    market.command({ kind: "submit", order: { ...buy, id: "late", type: "market_on_close", entries: 2 } });
    // The rate of 2:00 at the open, and that of 3:00 at the close.
    expect(rates(market.bar(bar(2)))).toEqual([3, 4]);
    market.bar(bar(3));
    const copy = (): Matching => {
      const copied = marketOf();
      copied.restore(market.snapshot());
      return copied;
    };
    expect(rates(copy().closeAtEnd("open"))).toEqual([4]);
    market.begin(bar(4));
    expect(market.split({ numerator: 2, denominator: 1 }, bar(4))).toMatchObject([
      { split: { rate: { numerator: 5, denominator: 1 } } },
    ]);
    expect(rates(copy().closeAtEnd("close"))).toEqual([5]);
  });

  test("at the close that decides it, where fills are there", () => {
    const market = marketOf({ onClose: true });
    market.bar(bar(1));
    expect(rates(market.command({ kind: "submit", order: buy }))).toEqual([3]);
  });
});

describe("the fraction of a rate", () => {
  const decimal = fc
    .tuple(fc.integer({ min: 10_000, max: 999_999_999 }), fc.integer({ min: -9, max: -6 }))
    .map(([digits, exponent]) => Number(`${digits}e${exponent}`));

  test("is what is written, reduced, wherever it can be counted", () => {
    expect(ratioOf([1.3058399999999999], [])).toEqual({ numerator: 16_323, denominator: 12_500 });
    expect(ratioOf([1e-5], [])).toEqual({ numerator: 1, denominator: 100_000 });
    expect(ratioOf([], [8])).toEqual({ numerator: 1, denominator: 8 });
  });

  test("is nearer than any double to what cannot be counted", () => {
    fc.assert(
      fc.property(decimal, decimal, decimal, (a, b, c) => {
        const found = ratioOf([a, b], [c]);
        if (found === null) throw new Error("there is one");
        expect(found.numerator / found.denominator / ((a * b) / c)).toBeCloseTo(1, 14);
      }),
      { seed: 1, numRuns: 2_000 },
    );
    expect(ratioOf([1e-20], [])).toBeNull();
  });

  test("a product with two factors is rounded once, half to even, however wide they are", () => {
    const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const part = fc.integer({ min: 1, max: 2 ** 50 });
    fc.assert(
      fc.property(whole, whole, part, part, part, part, (a, b, up, down, more, less) => {
        const product = BigInt(a) * BigInt(b) * BigInt(up) * BigInt(more);
        const divisor = BigInt(down) * BigInt(less);
        const size = product < 0n ? -product : product;
        if (size / divisor > 2n ** 52n) return;
        const rest = (size % divisor) * 2n - divisor;
        const quotient = size / divisor;
        const rounded = rest > 0n || (rest === 0n && quotient % 2n === 1n) ? quotient + 1n : quotient;
        const factor = { numerator: up, denominator: down };
        const found = twiceScaledProduct(a, b, factor, { numerator: more, denominator: less });
        expect(found).toBe(Number(product < 0n ? -rounded : rounded) + 0);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});
