import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasShared, shared } from "../../../test/support/shared.js";
import { calendarOf, daysOf } from "../src/calendar.js";
import { calendars } from "../src/calendars/index.generated.js";
import { easter } from "../src/calendars/rules/dates.js";
import { readBars } from "../src/data/index.js";
import { dateOf, weekOfYear } from "../src/date.js";
import { makeCalendar, type Calendar, type Session } from "../src/trading-calendar.js";

const dayMs = 86_400_000;
const dayOf = (date: string): number => Date.parse(date) / dayMs;
const written = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const utc = { zone: "UTC" };

/** `2024-07-03: 09:30–13:00` by the clocks of the zone, as Intl has them. */
function show(calendar: Calendar, { day, open, close }: Session): string {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: calendar.zone.name, timeStyle: "short" });
  return `${written(day)}: ${clock.format(open)}–${clock.format(close)}`;
}

function sessionsBetween(calendar: Calendar, from: string, to: string): Session[] {
  const sessions: Session[] = [];
  for (let day = dayOf(from); ;) {
    const session = calendar.sessionFrom(day);
    if (session.day > dayOf(to)) return sessions;
    sessions.push(session);
    day = session.day + 1;
  }
}

describe("dates", () => {
  test("agree with those of the platform, leap years and the years before 1970 included", () => {
    const leapDay = dayOf("2000-02-29"); // the last day of 400 years, counted from a March
    const numbers = Array.from({ length: 6000 }, (_, i) => leapDay + (i - 3000) * 61);
    for (const number of numbers) {
      const date = new Date(number * dayMs);
      expect(dateOf(number)).toEqual({
        number,
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        weekday: date.getUTCDay() || 7,
      });
    }
  });

  test.each([
    ["2020-12-31", 53],
    ["2021-01-03", 53],
    ["2021-01-04", 1],
    ["2024-12-29", 52],
    ["2024-12-30", 1],
    ["1969-12-31", 1],
  ])("%s lies in week %i", (date, week) => expect(weekOfYear(dayOf(date))).toBe(week));

  // Easter 1954, 1981, 2049 and 2076 are those that the simple rule of the moon's age gets wrong.
  test.each([
    ...["1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2018-04-01", "2024-03-31"],
    ...["2025-04-20", "2038-04-25", "2049-04-18", "2076-04-19"],
  ])("Easter is on %s", (date) => expect(written(easter(Number(date.slice(0, 4))))).toBe(date));
});

const all: readonly (readonly [string, Calendar])[] = [
  ...calendars.map((definition) => [definition.name, makeCalendar(definition)] as const),
  ...["UTC 00:00", "America/New_York 18:00", "Pacific/Apia 05:00", "America/Sao_Paulo 00:00"].map((each) => {
    const [zone, start] = each.split(" ");
    return [each, daysOf({ zone, start })] as const;
  }),
];

describe.each(all)("%s", (_, calendar) => {
  test("has sessions in order, none inside another, and instants belong to the first that has not closed", () => {
    const sessions = sessionsBetween(calendar, "1999-12-01", "2031-01-31");
    const wrong = sessions.filter((session, i) => {
      if (i === 0 || session.open === session.close) return false; // a date that a zone skipped
      const { open, close, pause } = session;
      const before = sessions[i - 1].close;
      const inOrder = before <= open && open < close;
      const pauses = pause === null || (open < pause.from && pause.from < pause.to && pause.to < close);
      return (
        !inOrder || !pauses || [before, open, close - 1].some((at) => calendar.sessionAt(at) !== session)
      );
    });
    expect(wrong).toEqual([]);
  });

  test("gives the same answers in whatever order it is asked", () => {
    const sessions = sessionsBetween(calendar, "2009-12-01", "2025-01-31");
    const instant = fc.integer({ min: Date.UTC(2010, 0) / 60_000, max: Date.UTC(2025, 0) / 60_000 });
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1, maxLength: 20 }), (minutes) => {
        for (const minute of minutes) {
          const expected = sessions.find(({ close }) => close > minute * 60_000);
          expect(calendar.sessionAt(minute * 60_000)).toBe(expected);
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("says how many sessions a year has, to within one", () => {
    if (calendar.sessionsPerYear === null) return;
    const found = sessionsBetween(calendar, "2005-01-01", "2024-12-31").length / 20;
    expect(Math.abs(found - calendar.sessionsPerYear)).toBeLessThan(1);
  });
});

describe("the catalogue", () => {
  test("has the names a program writes", () => {
    expect(calendars.map(({ name }) => name).sort()).toEqual(
      ["ALWAYS", "CME_EQUITY", "FX", "LSE", "NASDAQ", "NYSE", "TSE", "XETRA"].sort(),
    );
  });

  test("an unknown name is refused with those there are; none means the days of a zone", () => {
    expect(() => calendarOf("NISE", utc)).toThrow(
      expect.objectContaining({ code: "BF5044", hint: expect.stringContaining("NASDAQ, NYSE, TSE") }),
    );
    const days = calendarOf(null, { zone: "America/New_York", start: "18:00" });
    const sunday = days.sessionAt(Date.parse("2024-03-10T22:00Z")); // 18:00 in New York, on the day clocks changed
    expect(show(days, sunday)).toBe("2024-03-11: 18:00–18:00");
    expect(sunday.open).toBe(Date.parse("2024-03-10T22:00Z"));
  });
});

/** What a calendar says of dates: hours, or the date of the next session in brackets when there is none. */
const facts: Readonly<Record<string, readonly string[]>> = {
  ALWAYS: ["2024-12-25: 00:00–00:00", "2024-12-28: 00:00–00:00"],
  FX: ["2024-03-11: 17:00–17:00", "2024-12-25 (2024-12-26)", "2024-03-09 (2024-03-11)"],
  NYSE: [
    ...["2024-03-08: 09:30–16:00", "2024-03-11: 09:30–16:00"],
    ...["1997-01-20: 09:30–16:00", "1998-01-19 (1998-01-20)"],
    ...["2021-12-31: 09:30–16:00", "2022-01-03: 09:30–16:00", "2023-01-02 (2023-01-03)"],
    ...["2021-06-18: 09:30–16:00", "2022-06-20 (2022-06-21)", "2023-06-19 (2023-06-20)"],
    ...["2020-07-03 (2020-07-06)", "2021-07-05 (2021-07-06)", "2024-07-03: 09:30–13:00"],
    ...["2002-07-03: 09:30–16:00", "2002-07-05: 09:30–13:00", "2013-07-03: 09:30–13:00"],
    ...["2024-11-29: 09:30–13:00", "2024-12-24: 09:30–13:00", "2021-12-24 (2021-12-27)"],
    ...["2022-12-23: 09:30–16:00", "2022-12-26 (2022-12-27)", "2025-04-18 (2025-04-21)"],
    ...["2001-09-11 (2001-09-17)", "2004-06-11 (2004-06-14)", "2007-01-02 (2007-01-03)"],
    ...["2012-10-29 (2012-10-31)", "2018-12-05 (2018-12-06)", "2025-01-09 (2025-01-10)"],
  ],
  NASDAQ: ["2024-07-03: 09:30–13:00", "2025-01-09 (2025-01-10)"],
  CME_EQUITY: [
    ...["2013-10-08: 18:00–17:15", "2015-09-21: 18:00–17:00", "2024-01-15: 18:00–13:00"],
    ...["2024-03-29 (2024-04-01)", "2024-11-29: 18:00–13:15", "2024-12-25 (2024-12-26)"],
    "2025-01-09: 18:00–09:30",
  ],
  LSE: [
    ...["2024-05-06 (2024-05-07)", "2020-05-04: 08:00–16:30", "2020-05-08 (2020-05-11)"],
    ...["2022-06-02 (2022-06-06)", "2022-05-30: 08:00–16:30", "2022-09-19 (2022-09-20)"],
    ...["2021-12-24: 08:00–12:30", "2021-12-27 (2021-12-29)", "2022-12-23: 08:00–12:30"],
    ...["2022-12-26 (2022-12-28)", "2022-01-03 (2022-01-04)", "2023-12-29: 08:00–12:30"],
    ...["2011-04-22 (2011-04-26)", "2011-04-29 (2011-05-03)", "2023-05-08 (2023-05-09)"],
  ],
  XETRA: [
    ...["2024-04-01 (2024-04-02)", "2024-05-20: 09:00–17:30", "2024-10-03: 09:00–17:30"],
    ...["2024-12-24 (2024-12-27)", "2024-12-30: 09:00–14:00", "2024-12-31 (2025-01-02)"],
    ...["2022-12-30: 09:00–14:00", "2023-12-29: 09:00–14:00"],
  ],
  TSE: [
    ...["2024-01-01 (2024-01-04)", "2024-01-08 (2024-01-09)", "2024-02-12 (2024-02-13)"],
    ...["2024-05-03 (2024-05-07)", "2024-08-12 (2024-08-13)", "2024-11-05: 09:00–15:30"],
    ...["2024-11-01: 09:00–15:00", "2015-09-21 (2015-09-24)", "2026-09-21 (2026-09-24)"],
    ...["2020-05-04 (2020-05-07)", "2019-04-29 (2019-05-07)", "2020-10-01 (2020-10-02)"],
    ...["2021-07-19: 09:00–15:00", "2021-07-22 (2021-07-26)", "2021-08-09 (2021-08-10)"],
    ...["2020-02-24 (2020-02-25)", "2019-12-23: 09:00–15:00", "2018-12-24 (2018-12-25)"],
  ],
};

describe.each(Object.entries(facts))("days of %s", (name, days) => {
  const calendar = calendarOf(name, utc);
  test.each(days)("%s", (fact) => {
    const asked = dayOf(fact.slice(0, 10));
    const session = calendar.sessionFrom(asked);
    expect(
      session.day === asked ? show(calendar, session) : `${written(asked)} (${written(session.day)})`,
    ).toBe(fact);
  });
});

test("sessions of the Tokyo exchange have a lunch break, longer until November 2011", () => {
  const calendar = calendarOf("TSE", utc);
  const pauseOn = (date: string): string[] => {
    const { pause } = calendar.sessionFrom(dayOf(date));
    return pause === null
      ? []
      : [pause.from, pause.to].map((each) => new Date(each).toISOString().slice(11, 16));
  };
  expect(pauseOn("2011-11-18")).toEqual(["02:00", "03:30"]);
  expect(pauseOn("2011-11-21")).toEqual(["02:30", "03:30"]);
});

const isThere = hasShared("data/manifest.json", "calendars against the days and hours of real bars");
const timesOf = async (path: string): Promise<Float64Array> =>
  (await readBars(readFileSync(shared(`data/${path}`)), { name: path, mode: "lenient" })).bars.time;

describe.skipIf(!isThere)("real bars", () => {
  /** Dates that are a session without bars, and dates with bars that are none. */
  function differences(calendar: Calendar, dates: Float64Array, from: string): [string[], string[]] {
    const days = Array.from(dates, (time) => time / dayMs).filter((day) => day >= dayOf(from));
    const known = sessionsBetween(calendar, written(days[0]), written(days[days.length - 1]));
    const sessions = new Set(known.map(({ day }) => day));
    const traded = new Set(days);
    return [
      [...sessions].filter((day) => !traded.has(day)).map(written),
      days.filter((day) => !sessions.has(day)).map(written),
    ];
  }

  test.each([
    ["NYSE", "daily/SPX-1d-1950-2012.csv.gz", "1972-01-01", []],
    ["NYSE", "daily/SPX-1d-1990-2022.csv.gz", "1990-01-01", []],
    ["NYSE", "daily/SPY-1d-1999-2020.csv", "1999-11-01", []],
    ["NASDAQ", "universe/us-daily-unadjusted/AAPL.csv", "1998-01-02", []],
    // The exchange traded on that Monday; the file has no row for it.
    ["TSE", "daily/N225-1d-yahoo.csv", "2010-01-01", ["2011-12-26"]],
  ])("every session of %s is a day in %s and the other way round", async (name, path, from, missing) => {
    const dates = await timesOf(path);
    expect(differences(calendarOf(name, utc), dates, from)).toEqual([missing, []]);
  });

  test("half days of NYSE are those on which IBM has no bar from 15:00", async () => {
    const calendar = calendarOf("NYSE", utc);
    const ends = new Map<number, number>();
    for (const time of await timesOf("universe/us-hourly/IBM.csv.gz")) {
      const local = time + calendar.zone.offset(time);
      ends.set(Math.floor(local / dayMs), local % dayMs);
    }
    const short = [...ends].filter(([, last]) => last < 15 * 3_600_000).map(([day]) => written(day));
    const half = sessionsBetween(
      calendar,
      written(Math.min(...ends.keys())),
      written(Math.max(...ends.keys())),
    )
      .filter(({ open, close }) => close - open < 6 * 3_600_000)
      .map(({ day }) => written(day));
    expect(half.length).toBeGreaterThan(40);
    expect(short).toEqual(half);
  });

  test.each([
    ["CME_EQUITY", "futures/ESZ13-1m-2013-10.csv.gz"],
    ["NYSE", "intraday/SPX-1m-half-day-2023-07.csv"],
    ["FX", "fx/GBPUSD-1m-fxcm-2012-02.csv.gz"],
  ])("the hours of %s hold every minute of %s", async (name, path) => {
    const calendar = calendarOf(name, utc);
    const outside = [...(await timesOf(path))].filter((time) => time < calendar.sessionAt(time).open);
    expect(outside.map((time) => new Date(time).toISOString())).toEqual([]);
  });
});
