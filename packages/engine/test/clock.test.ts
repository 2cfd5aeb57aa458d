import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasShared, shared } from "../../../test/support/shared.js";
import type { BarColumns, Bars } from "../src/bars.js";
import { calendarOf, daysOf } from "../src/calendar.js";
import { calendarColumns, startColumn } from "../src/calendar-columns.js";
import { calendars } from "../src/calendars/index.generated.js";
import { ClockBuilder, type ClockBlock, type ClockState } from "../src/clock.js";
import { readBars } from "../src/data/index.js";
import { monthOf, weekOf } from "../src/date.js";
import { timingOf, type Calendar, type Timing } from "../src/trading-calendar.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const utc = { zone: "UTC" };
const nyse = calendarOf("NYSE", utc);
const names = ["time", "open", "high", "low", "close", "volume"] as const;
type Values = Record<(typeof names)[number], number[]>;

const emptyValues = (): Values => ({ time: [], open: [], high: [], low: [], close: [], volume: [] });

/** Bars at the given times; bar i opens at i, closes at i + 0.5, and trades a volume of one. */
function barsAt(time: Iterable<number>): BarColumns {
  const stamps = Float64Array.from(time);
  const price = (add: number): Float64Array => stamps.map((_, i) => i + add);
  const columns = { open: price(0), high: price(1), low: price(-1), close: price(0.5) };
  return { time: stamps, ...columns, volume: stamps.map(() => 1) };
}

const stamps = (...written: string[]): number[] => written.map((each) => Date.parse(each));

/** Times from one instant to another, the second excluded. */
function every(step: number, from: string, to: string): number[] {
  const count = Math.ceil((Date.parse(to) - Date.parse(from)) / step);
  return Array.from({ length: count }, (_, i) => Date.parse(from) + i * step);
}

/** All blocks of a run as one; each block is built by a new builder that takes the place of the last. */
function build(interval: string, timing: Timing, bars: BarColumns, cuts: readonly number[] = []) {
  const [closed, forming, closedCount] = [emptyValues(), emptyValues(), [] as number[]];
  let state: ClockState | undefined;
  const ends = [...cuts, bars.time.length];
  ends.forEach((end, i) => {
    const builder = new ClockBuilder(interval, timing);
    if (state !== undefined) builder.restore(state);
    const block: ClockBlock = builder.advance(bars, ends[i - 1] ?? 0, end);
    for (const name of names) {
      closed[name].push(...block.closed[name]);
      forming[name].push(...block.forming[name]);
    }
    closedCount.push(...block.closedCount);
    state = structuredClone(builder.snapshot());
  });
  return { closed, forming, closedCount };
}

/** Which base bars each slower bar that closed is made of (the numbers of bars), and at which base bar it was closed. */
function shape(interval: string, timing: Timing, time: Iterable<number>): string[] {
  const { closed, closedCount } = build(interval, timing, barsAt(time));
  return closed.time.map((_, i) => {
    const report = closedCount.findIndex((count) => count > i);
    return `${closed.open[i]}–${closed.close[i] - 0.5} at ${report}`;
  });
}

describe("slower bars of a day with hours", () => {
  const timing = timingOf(nyse, 30 * minute);

  test("are counted from the open, and the last ends with the session", () => {
    const time = every(30 * minute, "2024-07-02T13:30Z", "2024-07-02T20:00Z");
    expect(shape("1h", timing, time)).toEqual([
      ...["0–1 at 1", "2–3 at 3", "4–5 at 5", "6–7 at 7", "8–9 at 9", "10–11 at 11", "12–12 at 12"],
    ]);
    expect(shape("4h", timing, time)).toEqual(["0–7 at 7", "8–12 at 12"]);
    expect(shape("1d", timing, time)).toEqual(["0–12 at 12"]);
  });

  test("end with a half day", () => {
    const time = every(30 * minute, "2024-07-03T13:30Z", "2024-07-03T17:00Z");
    expect(shape("1h", timing, time)).toEqual(["0–1 at 1", "2–3 at 3", "4–5 at 5", "6–6 at 6"]);
    expect(shape("1d", timing, time)).toEqual(["0–6 at 6"]);
  });

  test("whose last bars are missing close before the first bar of a later period", () => {
    const time = stamps("2024-07-02T13:30Z", "2024-07-02T15:30Z", "2024-07-02T16:00Z", "2024-07-03T13:30Z");
    expect(shape("1h", timing, time)).toEqual(["0–0 at 1", "1–2 at 2"]);
    expect(shape("1d", timing, time)).toEqual(["0–2 at 3"]);
  });

  test("take in a bar that spans the open, and one that spans the close", () => {
    const hourly = timingOf(nyse, hour); // stamped by the clock: 09:00 to 15:00 in New York
    const time = every(hour, "2024-07-02T13:00Z", "2024-07-02T20:00Z");
    expect(shape("2h", hourly, time)).toEqual(["0–2 at 2", "3–4 at 4", "5–6 at 6"]);
    const late = every(hour, "2024-07-02T14:30Z", "2024-07-02T20:30Z");
    expect(shape("1d", hourly, late)).toEqual(["0–5 at 5"]);
    // Also where a bar before the open has begun a period that ends there.
    const early = every(hour, "2024-07-02T12:00Z", "2024-07-02T16:00Z");
    expect(shape("2h", hourly, early)).toEqual(["0–0 at 1", "1–3 at 3"]);
  });

  test("leave what trades after the close to the next session, which has bars before its open", () => {
    const time = stamps("2024-07-02T19:30Z", "2024-07-02T20:00Z", "2024-07-03T13:00Z", "2024-07-03T13:30Z");
    expect(shape("1h", timing, time)).toEqual(["0–0 at 0", "1–1 at 1", "2–2 at 2"]);
    expect(shape("1d", timing, [...time, Date.parse("2024-07-03T16:30Z")])).toEqual(["0–0 at 0", "1–4 at 4"]);
  });

  test("begin again after a lunch break", () => {
    const tokyo = timingOf(calendarOf("TSE", utc), 30 * minute);
    const morning = every(30 * minute, "2024-11-05T00:00Z", "2024-11-05T02:30Z");
    const afternoon = every(30 * minute, "2024-11-05T03:30Z", "2024-11-05T06:30Z");
    expect(shape("1h", tokyo, [...morning, ...afternoon])).toEqual([
      ...["0–1 at 1", "2–3 at 3", "4–4 at 4", "5–6 at 6", "7–8 at 8", "9–10 at 10"],
    ]);
    expect(shape("1d", tokyo, [...morning, ...afternoon])).toEqual(["0–10 at 10"]);
    // What should not trade in the break goes with an hour that is counted back from its end.
    const within = every(30 * minute, "2024-11-05T02:00Z", "2024-11-05T03:30Z");
    expect(shape("1h", tokyo, within)).toEqual(["0–0 at 0", "1–2 at 2"]);
  });

  test("go round two bars that overlap at the end of a period: the second is a bar of its own", () => {
    const hourly = timingOf(nyse, hour);
    expect(shape("1d", hourly, stamps("2024-07-02T19:00Z", "2024-07-02T19:30Z"))).toEqual([
      "0–0 at 0",
      "1–1 at 1",
    ]);
  });
});

describe("slower bars of days of a zone", () => {
  const newYork = timingOf(daysOf({ zone: "America/New_York" }), hour);

  test("last 23 hours where clocks go forward and 25 where they go back", () => {
    const spring = every(hour, "2024-03-10T05:00Z", "2024-03-11T05:00Z");
    expect(shape("1d", newYork, spring)).toEqual(["0–22 at 22"]);
    expect(shape("4h", newYork, spring)).toEqual(
      ["0–3 at 3", "4–7 at 7", "8–11 at 11", "12–15 at 15", "16–19 at 19"].concat("20–22 at 22"),
    );
    const autumn = every(hour, "2024-11-03T04:00Z", "2024-11-04T06:00Z");
    expect(shape("1d", newYork, autumn)).toEqual(["0–24 at 24"]);
    expect(shape("12h", newYork, autumn)).toEqual(["0–11 at 11", "12–23 at 23", "24–24 at 24"]);
  });

  test("do not know when an exchange closes: the day ends with the first bar of the next", () => {
    const time = [
      ...every(hour, "2024-07-02T13:30Z", "2024-07-02T19:30Z"),
      ...every(hour, "2024-07-03T13:30Z", "2024-07-03T15:30Z"),
    ];
    expect(shape("1d", newYork, time)).toEqual(["0–5 at 6"]);
  });

  test("begin in the evening for futures, and a week with it", () => {
    const futures = timingOf(daysOf({ zone: "America/New_York", start: "18:00" }), hour);
    const week = every(hour, "2024-07-07T22:00Z", "2024-07-12T21:00Z"); // Sunday 18:00 to Friday 17:00
    expect(shape("1w", futures, [...week, Date.parse("2024-07-14T22:00Z")])).toEqual(["0–118 at 119"]);
  });
});

describe("weeks and months", () => {
  const daily = timingOf(nyse, day);
  const sessions = stamps("2024-03-26", "2024-03-27", "2024-03-28", "2024-04-01", "2024-04-02");

  test("end on the Thursday when Friday is a holiday", () => {
    expect(shape("1w", daily, sessions)).toEqual(["0–2 at 2"]);
    expect(shape("1mo", daily, sessions)).toEqual(["0–2 at 2"]);
    expect(shape("1d", daily, sessions)).toEqual([
      "0–0 at 0",
      "1–1 at 1",
      "2–2 at 2",
      "3–3 at 3",
      "4–4 at 4",
    ]);
  });

  test("are the same when built from hours", () => {
    const hourly = timingOf(nyse, hour);
    const time = sessions.map((each) => each + 19 * hour); // the hour before 16:00 in New York
    expect(shape("1w", hourly, time)).toEqual(["0–2 at 2"]);
    expect(shape("1mo", hourly, time)).toEqual(["0–2 at 2"]);
  });

  test("whose last session has no bar end before the next", () => {
    expect(shape("1w", daily, [...sessions.slice(0, 2), ...sessions.slice(3)])).toEqual(["0–1 at 2"]);
  });

  test("of a market that never closes end on Sunday and on the last of the month", () => {
    const always = timingOf(calendarOf("ALWAYS", utc), day);
    const time = every(day, "2024-02-19", "2024-03-05");
    expect(shape("1w", always, time)).toEqual(["0–6 at 6", "7–13 at 13"]);
    expect(shape("1mo", always, time)).toEqual(["0–10 at 10"]);
  });

  test("a daily bar that names no session goes with the next: a Sunday evening of currencies", () => {
    const currencies = timingOf(calendarOf("FX", utc), day);
    const time = stamps("2024-06-06", "2024-06-07", "2024-06-09", "2024-06-10");
    expect(shape("1w", currencies, time)).toEqual(["0–1 at 1"]);
    expect(build("1w", currencies, barsAt(time)).forming.open).toEqual([0, 0, 2, 2]);
  });

  test("daily bars that are stamped in the evening", () => {
    const currencies = timingOf(calendarOf("FX", utc), day);
    const time = stamps("2024-06-06T21:00Z", "2024-06-07T21:00Z", "2024-06-10T21:00Z");
    expect(shape("1w", currencies, time)).toEqual(["0–1 at 1"]);
    expect(shape("1d", currencies, time)).toEqual(["0–0 at 0", "1–1 at 1", "2–2 at 2"]);
  });
});

test("values: the first open, the extremes, the last close, the sum, without what is absent", () => {
  const columns = (rows: readonly (readonly number[])[]): BarColumns => {
    const [time, open, high, low, close, volume] = names.map((_, i) =>
      Float64Array.from(rows, (row) => row[i]),
    );
    return { time, open, high, low, close, volume };
  };
  const bars = columns(
    [
      [0, NaN, NaN, NaN, NaN, NaN],
      [15, 10, 12, 9, 11, 5],
      [30, 11, 14, 10, 13, NaN],
      [45, NaN, 13, 7, NaN, 2],
      [60, NaN, NaN, NaN, NaN, NaN],
      [120, 1, 1, 1, 1, 1],
    ].map(([minutes, ...values]) => [minutes * minute, ...values]),
  );
  const { closed, forming, closedCount } = build("1h", timingOf(daysOf(utc), 15 * minute), bars);
  expect(closed).toEqual({
    time: [0, hour],
    open: [10, NaN],
    high: [14, NaN],
    low: [7, NaN],
    close: [13, NaN],
    volume: [7, NaN],
  });
  expect(closedCount).toEqual([0, 0, 0, 1, 1, 2]);
  expect(forming).toEqual({
    time: [0, 0, 0, 0, hour, 2 * hour],
    open: [NaN, 10, 10, 10, NaN, 1],
    high: [NaN, 12, 14, 14, NaN, 1],
    low: [NaN, 9, 9, 7, NaN, 1],
    close: [NaN, 11, 13, 13, NaN, 1],
    volume: [NaN, 5, 5, 7, NaN, 1],
  });
});

test("no bars", () => {
  const { closed, closedCount } = build("1h", timingOf(nyse, 0), barsAt([]));
  expect([closed, closedCount]).toEqual([emptyValues(), []]);
});

test.each([
  ["1h", 45 * minute, "bars of 1h cannot be built from bars of 45m"],
  ["15m", hour, "bars of 15m cannot be built from bars of 1h"],
  ["1mo", 7 * day, "bars of 1mo cannot be built from bars of 1w"],
  ["2d", hour, '"2d" is no interval of a slower clock'],
  ["0h", hour, '"0h" is no interval of a slower clock'],
  ["soon", hour, '"soon" is no interval of a slower clock'],
])("%s from bars of %i ms is refused", (interval, intervalMs, message) => {
  expect(() => new ClockBuilder(interval, timingOf(nyse, intervalMs))).toThrow(
    expect.objectContaining({ code: "BF5045", message }),
  );
});

test("the bars of a slower clock have a place in the calendar too, by the instants at which they open", () => {
  const minutes = timingOf(calendarOf("FX", utc), 15 * minute);
  const { closed } = build(
    "1d",
    minutes,
    barsAt(every(15 * minute, "2024-07-07T21:00Z", "2024-07-09T21:00Z")),
  );
  const { timing } = new ClockBuilder("1d", minutes);
  const column = (name: "day" | "hour" | "session_bar" | "since_open" | "is_session_last"): number[] => {
    const output = new Float64Array(2);
    calendarColumns[name].fill(timing, startColumn(), Float64Array.from(closed.time), output);
    return [...output];
  };
  expect(column("day")).toEqual([7, 8]); // Sunday and Monday evening in New York
  expect(column("hour")).toEqual([17, 17]);
  expect(column("session_bar")).toEqual([0, 0]);
  expect(column("since_open")).toEqual([day, day]);
  expect(column("is_session_last")).toEqual([1, 1]);
});

describe("laws", () => {
  const volume = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 1000 }) }, fc.constant(NaN));
  const chosen = fc
    .record({
      calendar: fc.constantFrom(...calendars.map(({ name }) => name), null),
      base: fc.constantFrom(5 * minute, 15 * minute, hour, day),
      interval: fc.constantFrom("1h", "2h", "4h", "7h", "1d", "1w", "1mo"),
      first: fc.integer({ min: Date.UTC(2010, 0) / hour, max: Date.UTC(2025, 0) / hour }),
      steps: fc.array(fc.tuple(fc.constantFrom(1, 1, 1, 1, 2, 5, 30, 90), volume), {
        ...{ minLength: 1, maxLength: 200, size: "max" },
      }),
      cuts: fc.array(fc.nat(200), { maxLength: 5 }),
    })
    .filter(({ base, interval }) => base < day || /[dwo]$/.test(interval))
    .map(({ calendar, base, first, steps, ...rest }) => {
      // Days begin at midnight, as stamps that are dates do.
      let last = Math.floor((first * hour) / base) * base;
      const bars = barsAt(steps.map(([step]) => (last += step * base)));
      const timing = timingOf(calendarOf(calendar, { zone: "Europe/London", start: "06:00" }), base);
      return { ...rest, timing, bars: { ...bars, volume: Float64Array.from(steps, ([, each]) => each) } };
    });
  type Case = typeof chosen extends fc.Arbitrary<infer Each> ? Each : never;
  const law = (holds: (given: Case) => void): void => {
    fc.assert(fc.property(chosen, holds), { seed: 3, numRuns: 300 });
  };

  test("the results do not depend on the cut", () => {
    law(({ interval, timing, bars, cuts }) => {
      const ends = cuts.map((cut) => Math.min(cut, bars.time.length)).sort((a, b) => a - b);
      expect(build(interval, timing, bars, ends)).toEqual(build(interval, timing, bars));
      const single = Array.from(bars.time, (_, i) => i);
      expect(build(interval, timing, bars, single)).toEqual(build(interval, timing, bars));
    });
  });

  test("later bars change nothing", () => {
    law(({ interval, timing, bars, cuts }) => {
      const whole = build(interval, timing, bars);
      const length = Math.min(cuts[0] ?? 0, bars.time.length);
      const head = barsOf(bars, (column) => column.slice(0, length));
      const { closed, forming, closedCount } = build(interval, timing, head);
      expect(closedCount).toEqual(whole.closedCount.slice(0, length));
      for (const name of names) {
        expect(closed[name]).toEqual(whole.closed[name].slice(0, closed[name].length));
        expect(forming[name]).toEqual(whole.forming[name].slice(0, length));
      }
    });
  });

  test("every base bar is in one slower bar, none that is closed holds a later one, and nothing is lost", () => {
    law(({ interval, timing, bars }) => {
      const { closed, forming, closedCount } = build(interval, timing, bars);
      const starts = [...new Set(forming.time)];
      expect(starts.slice(0, closed.time.length)).toEqual(closed.time);
      expect(starts.length - closed.time.length).toBeLessThanOrEqual(1);
      starts.forEach((start, i) => {
        const inside = Array.from(bars.time, (_, at) => at).filter((at) => forming.time[at] === start);
        const [first, last] = [inside[0], inside[inside.length - 1]];
        expect(bars.time[first]).toBe(start);
        const sum = inside.reduce((all, at) => all + (bars.volume[at] || 0), 0);
        const result = i < closed.time.length ? closed : null;
        const value = (name: (typeof names)[number]): number =>
          result === null ? forming[name][last] : result[name][i];
        expect(value("volume") || 0).toBe(sum);
        expect([value("open"), value("close")]).toEqual([bars.open[first], bars.close[last]]);
        expect(value("high")).toBe(Math.max(...inside.map((at) => bars.high[at])));
        expect(value("low")).toBe(Math.min(...inside.map((at) => bars.low[at])));
        if (result === null) return;
        const report = closedCount.findIndex((count) => count > i);
        expect(report === last || report === last + 1).toBe(true);
      });
    });
  });

  // The clear way: bars belong together when their sessions do, and the last is known when what follows does not.
  test("days, weeks and months hold the bars of their sessions and close when the calendar says so", () => {
    const groups: Readonly<Record<string, (day: number) => number>> = {
      ...{ "1d": (each: number) => each, "1w": weekOf, "1mo": monthOf },
    };
    law(({ interval, timing, bars }) => {
      const { intervalMs, calendar } = timing;
      const groupOf = groups[interval];
      if (groupOf === undefined || (interval === "1d" && intervalMs === day)) return;
      const sessionOf = (time: number): number =>
        intervalMs === day ? calendar.sessionFrom(time / day).day : calendar.sessionAt(time).day;
      const { forming, closedCount } = build(interval, timing, bars);
      let [closed, isOpen] = [0, false];
      for (let i = 0; i < bars.time.length; i++) {
        const group = groupOf(sessionOf(bars.time[i]));
        const isNew = i === 0 || group !== groupOf(sessionOf(bars.time[i - 1]));
        expect(forming.time[i] === bars.time[i]).toBe(isNew);
        if (isNew && isOpen) closed++;
        isOpen = group === groupOf(sessionOf(bars.time[i] + intervalMs));
        if (!isOpen) closed++;
        expect(closedCount[i]).toBe(closed);
      }
    });
  });
});

function barsOf(bars: BarColumns, change: (column: Float64Array) => Float64Array): BarColumns {
  const [time, open, high, low, close, volume] = names.map((name) => change(bars[name]));
  return { time, open, high, low, close, volume };
}

const isThere = hasShared(
  "data/manifest.json",
  "days built from real hours against the days of the same source",
);

describe.skipIf(!isThere)("real bars", () => {
  const read = async (path: string): Promise<Bars> =>
    (await readBars(readFileSync(shared(`data/${path}`)), { name: path, mode: "lenient" })).bars;

  /** The dates on which a day built from hours is not the day of the source. */
  async function differences(calendar: Calendar, hours: Bars, path: string): Promise<Set<number>> {
    const days = await read(path);
    const { closed } = build("1d", timingOf(calendar, hours.intervalMs), hours);
    const found = new Map(closed.time.map((time, i) => [calendar.sessionAt(time).day, i] as const));
    const differing = new Set<number>();
    for (let i = 0; i < days.length; i++) {
      const built = found.get(days.time[i] / day) ?? -1;
      const isSame = names.slice(1).every((name) => Object.is(closed[name][built], days[name][i]));
      if (!isSame) differing.add(days.time[i] / day);
    }
    return differing;
  }

  test("days of EURUSD are those of its hours, in days of UTC", async () => {
    const hours = await read("fx/EURUSD-1h-oanda.csv.gz");
    const differing = await differences(daysOf(utc), hours, "fx/EURUSD-1d-oanda.csv.gz");
    expect([...differing]).toEqual([Date.UTC(2018, 11, 31) / day]); // the last, which has not come to its end
  });

  test.each([
    ["SPY", ".gz"],
    ["IBM", ""],
    ["AAPL", ""],
  ])(
    "days of %s are those of its hours, but for trades after the end of a half day",
    async (symbol, packed) => {
      const hours = await read(`universe/us-hourly/${symbol}.csv.gz`);
      const late = new Set<number>();
      for (const time of hours.time) {
        const session = nyse.sessionAt(time);
        if (time + hour > session.open) continue;
        late.add(Math.floor(time / day)).add(session.day);
      }
      expect(late.size).toBeLessThan(50);
      const differing = await differences(nyse, hours, `universe/us-daily-unadjusted/${symbol}.csv${packed}`);
      expect([...differing].filter((each) => !late.has(each))).toEqual([]);
    },
  );
});
