import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf, daysOf } from "../src/calendar.js";
import { calendarColumns, startColumn, type CalendarColumnName } from "../src/calendar-columns.js";
import { calendars } from "../src/calendars/index.generated.js";
import { timingOf, type Calendar, type Timing } from "../src/trading-calendar.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const utc = { zone: "UTC" };
const nyse = calendarOf("NYSE", utc);
const names = Object.keys(calendarColumns) as CalendarColumnName[];
const stamps = (...written: string[]): Float64Array => Float64Array.from(written, (each) => Date.parse(each));

/** A column computed in blocks that begin at the given bars. */
function column(
  name: CalendarColumnName,
  timing: Timing,
  time: Float64Array,
  cuts: readonly number[] = [],
): number[] {
  const output = new Float64Array(time.length);
  let state = startColumn();
  const ends = [...cuts, time.length];
  ends.forEach((end, i) => {
    const from = ends[i - 1] ?? 0;
    state = structuredClone(state);
    calendarColumns[name].fill(timing, state, time.subarray(from, end), output.subarray(from, end));
  });
  return [...output];
}

const rows = (
  calendar: Calendar,
  intervalMs: number,
  time: Float64Array,
  ...wanted: CalendarColumnName[]
): number[][] => wanted.map((name) => column(name, timingOf(calendar, intervalMs), time));

describe("places in a session", () => {
  test("hours of NYSE: the last bar is told by the calendar, on a half day too", () => {
    const time = stamps(
      ...["2024-07-02T18:30Z", "2024-07-02T19:30Z"], // 14:30 and 15:30 in New York, cut short by the close at 16:00
      ...["2024-07-03T13:30Z", "2024-07-03T14:30Z", "2024-07-03T15:30Z", "2024-07-03T16:30Z"], // until 13:00
      "2024-07-05T13:30Z",
    );
    expect(
      rows(nyse, hour, time, "bar_index", "session_bar", "since_open", "until_close", "is_session_last"),
    ).toEqual([
      [0, 1, 2, 3, 4, 5, 6],
      [0, 1, 0, 1, 2, 3, 0],
      [6, 6.5, 1, 2, 3, 3.5, 1].map((each) => each * hour),
      [0.5, 0, 2.5, 1.5, 0.5, 0, 5.5].map((each) => each * hour),
      [0, 1, 0, 0, 0, 1, 0],
    ]);
  });

  test("what trades before the open or after the close belongs to the session that follows", () => {
    const time = stamps("2024-07-02T19:59Z", "2024-07-02T20:00Z", "2024-07-03T13:29Z", "2024-07-03T13:30Z");
    expect(rows(nyse, minute, time, "session_bar", "since_open", "is_session_last")).toEqual([
      [0, 0, 1, 2],
      [6.5 * hour, -17.5 * hour + minute, 0, minute],
      [1, 0, 0, 0],
    ]);
  });

  test("the last bar of a session is missing: none is the last", () => {
    const time = stamps("2024-07-02T19:58Z", "2024-07-03T13:30Z");
    expect(rows(nyse, minute, time, "is_session_last")).toEqual([[0, 0]]);
  });

  test("days without hours have a last bar, and no distance to a close", () => {
    const time = stamps("2024-11-03T04:00Z", "2024-11-04T04:00Z", "2024-11-04T05:00Z"); // a day of 25 hours
    const calendar = daysOf({ zone: "America/New_York" });
    expect(rows(calendar, hour, time, "session_bar", "since_open", "until_close", "is_session_last")).toEqual(
      [
        [0, 1, 0],
        [hour, 25 * hour, hour],
        [NaN, NaN, NaN],
        [0, 1, 0],
      ],
    );
  });

  test("without an interval a bar closes where it opens", () => {
    const time = stamps("2024-07-02T13:30Z");
    expect(rows(nyse, 0, time, "since_open", "until_close", "is_session_last")).toEqual([
      [0],
      [6.5 * hour],
      [0],
    ]);
  });

  test("daily bars are sessions of their own", () => {
    const time = stamps("2024-07-02", "2024-07-03", "2024-07-05");
    const wanted = ["session_bar", "since_open", "until_close", "is_session_last"] as const;
    expect(rows(nyse, day, time, ...wanted)).toEqual([
      [0, 0, 0],
      [6.5 * hour, 3.5 * hour, 6.5 * hour],
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(rows(daysOf({ zone: "America/New_York" }), day, time, ...wanted)).toEqual([
      [0, 0, 0],
      [day, day, day],
      [NaN, NaN, NaN],
      [1, 1, 1],
    ]);
  });
});

describe("parts of the time", () => {
  const parts = ["year", "month", "day", "day_of_week", "week_of_year", "hour", "minute"] as const;

  test("are those of the bar's open by the clocks of the calendar", () => {
    const time = stamps("2024-12-30T04:59Z", "2024-12-30T05:00Z", "2024-07-01T13:45Z");
    expect(rows(nyse, minute, time, ...parts, "time_of_day")).toEqual([
      [2024, 2024, 2024],
      [12, 12, 7],
      [29, 30, 1],
      [7, 1, 1],
      [52, 1, 27],
      [23, 0, 9],
      [59, 0, 45],
      [day - minute, 0, 9.75 * hour],
    ]);
  });

  test("of a daily bar are those of its stamp, whatever the zone", () => {
    const time = stamps("2024-12-30", "2025-01-02");
    expect(rows(nyse, day, time, ...parts, "time_of_day")).toEqual([
      [2024, 2025],
      [12, 1],
      [30, 2],
      [1, 4],
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  // The clear way, which asks Intl for every bar.
  test("agree with the clocks of Intl", () => {
    const zones = [
      "UTC",
      "America/New_York",
      "Europe/London",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Asia/Tokyo",
    ];
    const minutes = fc.uniqueArray(fc.integer({ min: -5_000_000, max: 33_000_000 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, chosen) => {
        const time = Float64Array.from(chosen, (each) => each * minute).sort();
        const clock = new Intl.DateTimeFormat("en-US", {
          ...{ timeZone: zone, hourCycle: "h23", weekday: "short" },
          ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" },
        });
        const expected = Array.from(time, (each) => {
          const found = new Map(clock.formatToParts(each).map(({ type, value }) => [type, value]));
          const part = (name: Intl.DateTimeFormatPartTypes): number => Number(found.get(name));
          const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(
            found.get("weekday") ?? "",
          );
          return [part("year"), part("month"), part("day"), weekday + 1, part("hour"), part("minute")];
        });
        const wanted = ["year", "month", "day", "day_of_week", "hour", "minute"] as const;
        const found = rows(daysOf({ zone }), minute, time, ...wanted);
        expect(Array.from(time, (_, i) => found.map((each) => each[i]))).toEqual(expected);
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});

describe.each(names)("%s", (name) => {
  const chosen = fc.record({
    calendar: fc.constantFrom(...calendars.map((each) => each.name), null),
    intervalMs: fc.constantFrom(0, minute, 15 * minute, hour, day, 7 * day),
    first: fc.integer({ min: Date.UTC(2010, 0) / minute, max: Date.UTC(2025, 0) / minute }),
    steps: fc.array(fc.constantFrom(1, 1, 1, 2, 7, 100, 4000), { minLength: 1, maxLength: 120 }),
    cuts: fc.array(fc.nat(120), { maxLength: 6 }),
  });

  test("does not depend on how the bars are cut, nor on those that follow", () => {
    fc.assert(
      fc.property(chosen, ({ calendar, intervalMs, first, steps, cuts }) => {
        let last = first * minute;
        const time = Float64Array.from(steps, (step) => (last += step * (intervalMs || minute)));
        const timing = timingOf(calendarOf(calendar, { zone: "Europe/London", start: "06:00" }), intervalMs);
        const whole = column(name, timing, time);
        const ends = cuts.map((cut) => Math.min(cut, time.length)).sort((a, b) => a - b);
        expect(column(name, timing, time, ends)).toEqual(whole);
        const length = ends[0] ?? 0;
        expect(column(name, timing, time.slice(0, length))).toEqual(whole.slice(0, length));
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});
