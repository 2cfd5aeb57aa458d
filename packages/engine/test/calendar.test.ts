import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysOf, sessionBars, sessionEnds, sessionEndsWithin, sessionsPerYear } from "../src/calendar.js";
import { timingOf } from "../src/trading-calendar.js";

const hour = 3_600_000;
const at = (text: string): number => Date.parse(text);

/** Stamps from one instant to another, the second excluded. */
function every(step: number, from: string, to: string): Float64Array {
  const count = Math.ceil((at(to) - at(from)) / step);
  return Float64Array.from({ length: count }, (_, i) => at(from) + i * step);
}

/** How many bars each session has. */
function lengths(time: Float64Array, options: { zone: string; start?: string }): number[] {
  const position = sessionBars(time, options);
  return [...sessionEnds(time, timingOf(daysOf(options), 0))].map((end) => position[end] + 1);
}

const newYork = "America/New_York";

describe("sessionBars", () => {
  test("counts from 0 in each UTC day", () => {
    const time = every(6 * hour, "2024-01-01T00:00:00Z", "2024-01-02T12:00:00Z");
    expect([...sessionBars(time, { zone: "UTC" })]).toEqual([0, 1, 2, 3, 0, 1]);
  });

  test("a session goes on over the minutes that have no bar", () => {
    const time = Float64Array.from(["2024-01-01T03:00Z", "2024-01-01T20:00Z", "2024-01-04T01:00Z"].map(at));
    expect([...sessionBars(time, { zone: "UTC" })]).toEqual([0, 1, 0]);
  });

  test("no bars, one bar", () => {
    expect([...sessionBars(new Float64Array(), { zone: "UTC" })]).toEqual([]);
    expect([...sessionBars(Float64Array.of(at("2024-05-01T12:34Z")), { zone: newYork })]).toEqual([0]);
  });

  test("before 1970", () => {
    const time = every(6 * hour, "1969-12-30T00:00:00Z", "1969-12-31T12:00:00Z");
    expect([...sessionBars(time, { zone: "UTC" })]).toEqual([0, 1, 2, 3, 0, 1]);
  });

  test.each([
    ["clocks go forward: 23 hours", "2024-03-09T05:00:00Z", "2024-03-12T04:00:00Z", [24, 23, 24]],
    ["clocks go back: 25 hours", "2024-11-02T04:00:00Z", "2024-11-05T05:00:00Z", [24, 25, 24]],
  ])("New York days, %s", (_, from, to, expected) => {
    expect(lengths(every(hour, from, to), { zone: newYork })).toEqual(expected);
  });

  test.each([
    ["clocks go forward", "2024-03-08T23:00:00Z", "2024-03-12T22:00:00Z", [24, 23, 24, 24]],
    ["clocks go back", "2024-11-01T22:00:00Z", "2024-11-05T23:00:00Z", [24, 25, 24, 24]],
  ])("sessions from 18:00 in New York, %s", (_, from, to, expected) => {
    expect(lengths(every(hour, from, to), { zone: newYork, start: "18:00" })).toEqual(expected);
  });

  test("a start that the clocks jump over: the session begins at the jump", () => {
    const time = every(hour / 2, "2024-03-10T06:00:00Z", "2024-03-10T09:00:00Z"); // from 01:00, jump at 07:00 UTC
    expect([...sessionBars(time, { zone: newYork, start: "02:30" })]).toEqual([0, 1, 0, 1, 2, 3]);
  });

  test("a start that the clocks pass twice: the session begins at the first", () => {
    const time = every(hour / 2, "2024-11-03T05:00:00Z", "2024-11-03T08:00:00Z"); // 01:00 1:30 1:00 1:30 2:00 2:30
    expect([...sessionBars(time, { zone: newYork, start: "01:30" })]).toEqual([0, 0, 1, 2, 3, 4]);
  });

  test("a start that the clocks pass twice, and the first bar between the two", () => {
    const time = every(hour / 2, "2024-11-03T06:00:00Z", "2024-11-03T08:00:00Z"); // 1:00 1:30 2:00 2:30
    expect([...sessionBars(time, { zone: newYork, start: "01:30" })]).toEqual([0, 1, 2, 3]);
  });

  test("clocks that change at midnight, and a day that never was", () => {
    // São Paulo skipped the hour from midnight on 4 November 2018; Samoa skipped 30 December 2011.
    const brazil = every(hour, "2018-11-03T03:00:00Z", "2018-11-06T02:00:00Z");
    expect(lengths(brazil, { zone: "America/Sao_Paulo" })).toEqual([24, 23, 24]);
    const samoa = every(hour, "2011-12-29T10:00:00Z", "2012-01-01T10:00:00Z");
    expect(lengths(samoa, { zone: "Pacific/Apia" })).toEqual([24, 24, 24]);
  });

  test("daily bars are sessions of their own, whatever the zone says of midnight UTC", () => {
    const time = every(24 * hour, "2024-10-30T00:00:00Z", "2024-11-08T00:00:00Z");
    expect(new Set(sessionBars(time, { zone: newYork, start: "19:30" }))).toEqual(new Set([0]));
  });

  // The clear way, which asks Intl for every bar: the day of the clocks, `start` before midnight counted to the next.
  test("agrees with the calendar Intl keeps", () => {
    const zones = ["UTC", newYork, "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Tokyo"];
    const instant = fc.integer({
      min: at("2000-01-01T00:00Z") / 60_000,
      max: at("2024-12-31T00:00Z") / 60_000,
    });
    const times = fc.uniqueArray(instant, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), times, (zone, minutes) => {
        const time = Float64Array.from(minutes, (minute) => minute * 60_000).sort();
        if (time.every((each, i) => i === 0 || each - time[i - 1] >= 24 * hour)) return;
        const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
        const counts = new Map<string, number>();
        const expected = Array.from(time, (each) => {
          const name = day.format(each);
          counts.set(name, (counts.get(name) ?? -1) + 1);
          return counts.get(name);
        });
        expect([...sessionBars(time, { zone })]).toEqual(expected);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("a zone or a start that does not exist", () => {
    const time = new Float64Array();
    expect(() => sessionBars(time, { zone: "Mars/Olympus" })).toThrow(
      expect.objectContaining({ code: "BF5040", message: expect.stringContaining("Mars/Olympus") }),
    );
    expect(() => sessionBars(time, { zone: "UTC", start: "6pm" })).toThrow(
      expect.objectContaining({ code: "BF5042", message: expect.stringContaining("6pm") }),
    );
  });
});

describe("sessionEnds", () => {
  test("the last bar of each session", () => {
    const hourly = timingOf(daysOf({ zone: "UTC" }), 3_600_000);
    const time = [22, 23, 24, 25, 26, 48, 96].map((hour) => hour * 3_600_000);
    expect([...sessionEnds(Float64Array.from(time), hourly)]).toEqual([1, 4, 5, 6]);
    expect([...sessionEnds(new Float64Array(), hourly)]).toEqual([]);
  });

  test("are all bars where stamps are dates", () => {
    const daily = timingOf(daysOf({ zone: "UTC" }), 86_400_000);
    expect([...sessionEnds(Float64Array.of(0, 86_400_000, 86_400_001), daily)]).toEqual([0, 1, 2]);
  });

  test("are cut short with the bars, and counted from their first", () => {
    const ends = Int32Array.of(1, 4, 5, 9);
    expect([...sessionEndsWithin(ends, 0, 10)]).toEqual([1, 4, 5, 9]);
    expect([...sessionEndsWithin(ends, 3, 6)]).toEqual([1, 2]);
    expect([...sessionEndsWithin(ends, 2, 8)]).toEqual([2, 3, 5]);
  });
});

describe("sessionsPerYear", () => {
  const days = (wanted: number[], weeks = 10): Float64Array =>
    every(24 * hour, "2024-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
      .filter((time) => wanted.includes(new Date(time).getUTCDay()))
      .slice(0, weeks * wanted.length);

  test.each([
    ["all seven days", [0, 1, 2, 3, 4, 5, 6], 365],
    ["Monday to Friday", [1, 2, 3, 4, 5], 252],
    ["currencies: Sunday to Friday", [0, 1, 2, 3, 4, 5], 252],
    ["Sunday to Thursday", [0, 1, 2, 3, 4], 252],
    ["Friday night is Saturday by UTC", [1, 2, 3, 4, 5, 6], 252],
  ] as const)("%s", (_, wanted, expected) => {
    expect(sessionsPerYear({ time: days([...wanted]) })).toBe(expected);
  });

  test("every second weekend is enough", () => {
    const time = days([0, 1, 2, 3, 4, 5, 6], 20);
    const isOff = (each: number): boolean => Math.floor(each / (7 * 24 * hour)) % 2 === 0;
    const isWeekend = (each: number): boolean => new Date(each).getUTCDay() % 6 === 0;
    expect(sessionsPerYear({ time: time.filter((each) => !isOff(each) || !isWeekend(each)) })).toBe(365);
  });

  test("minutes of a market that never closes; nothing", () => {
    expect(sessionsPerYear({ time: every(60_000, "2024-01-01T00:00:00Z", "2024-01-15T00:00:00Z") })).toBe(
      365,
    );
    expect(sessionsPerYear({ time: new Float64Array() })).toBe(252);
  });
});
