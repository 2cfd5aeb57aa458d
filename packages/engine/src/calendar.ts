import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "./bars.js";
import { stretchEnds } from "./bisection.js";
import { calendarColumns, startColumn } from "./calendar-columns.js";
import { calendars } from "./calendars/index.generated.js";
import { dayMs } from "./data/zone.js";
import { makeCalendar, timingOf, type Calendar, type Timing } from "./trading-calendar.js";

export interface SessionOptions {
  /** IANA name of the zone in which sessions are days. */
  readonly zone: string;
  /** `HH:MM` at which a session begins by the clocks of the zone: "18:00" in New York for most US futures. */
  readonly start?: string;
}

/**
 * The calendar a program names, or the days of a zone when it names none.
 *
 * @throws BitFeverError BF5044 for an unknown name; for `null` what `daysOf` throws
 */
export function calendarOf(name: string | null, session: SessionOptions): Calendar {
  if (name === null) return daysOf(session);
  const definition = calendars.find((each) => each.name === name);
  if (definition === undefined) {
    throw new BitFeverError("BF5044", `there is no calendar "${name}"`, {
      hint: `the calendars are ${calendars.map((each) => each.name).join(", ")}`,
    });
  }
  return makeCalendar(definition);
}

/**
 * The calendar of those who name none: each day of a zone is a session.
 *
 * It begins at the first instant of the day at which the clocks have reached `start`, and lasts until the next one
 * does: 23 or 25 hours where clocks change. It is named by the date on which most of it falls.
 *
 * @throws BitFeverError BF5040 for an unknown zone, BF5042 for a start that is no time of day
 */
export function daysOf({ zone, start = "00:00" }: SessionOptions): Calendar {
  const startMs = timeOfDay(start);
  const open = startMs > dayMs / 2 ? startMs - dayMs : startMs;
  return makeCalendar({
    name: `days of ${zone} from ${start}`,
    summary: "Every day of a zone.",
    source: "Settings.",
    zone,
    sessionsPerYear: null,
    hasHours: false,
    hours: () => ({ open, close: open + dayMs, pause: null }),
  });
}

/**
 * For each bar, how many bars of its session came before it: 0 on the first. Bars that are all a day or more apart are
 * sessions of their own, whatever the zone: the stamp of a daily bar names its session and is no instant.
 *
 * @param time strictly increasing, milliseconds since 1970 UTC
 * @throws BitFeverError as `daysOf` does
 */
export function sessionBars(time: Float64Array, session: SessionOptions): Float64Array {
  const position = new Float64Array(time.length);
  const timing = timingOf(daysOf(session), areDaily(time) ? dayMs : 0);
  calendarColumns.session_bar.fill(timing, startColumn(), time, position);
  return position;
}

/** The index of the last bar of each session. */
export function sessionEnds(time: Float64Array, { calendar, isDated }: Timing): Int32Array {
  if (isDated) return Int32Array.from(time, (_, bar) => bar);
  return Int32Array.from(stretchEnds(time, (first) => calendar.sessionAt(first).close));
}

/** The same of the bars `[from, to)`, counted from the first of them; the last session may be cut short. */
export function sessionEndsWithin(ends: Int32Array, from: number, to: number): Int32Array {
  const within = Array.from(ends.filter((end) => end >= from && end < to - 1));
  return Int32Array.from([...within, to - 1], (end) => end - from);
}

/**
 * How many sessions a year has: 365 for what trades every day of the week, else 252.
 *
 * Counted over the UTC days that have a bar: Saturdays and Sundays must each be at least one day in fourteen, half of
 * what a market that never closes shows. Both are asked for because exchanges elsewhere keep a week from Sunday to
 * Thursday, currencies open on Sunday evening, and late trading of a Friday runs into Saturday by UTC. Less than a
 * week of bars therefore says 252.
 */
export function sessionsPerYear({ time }: Pick<Bars, "time">): 252 | 365 {
  const days = [0, 0, 0, 0, 0, 0, 0];
  const dayOf = (each: number): number => Math.floor(each / dayMs);
  const ends = stretchEnds(time, (first) => (dayOf(first) + 1) * dayMs);
  for (const end of ends) days[(((dayOf(time[end]) + 4) % 7) + 7) % 7]++; // 1 January 1970 was a Thursday
  const [sunday, , , , , , saturday] = days;
  return ends.length > 0 && Math.min(sunday, saturday) * 14 >= ends.length ? 365 : 252;
}

function areDaily(time: Float64Array): boolean {
  for (let i = 1; i < time.length; i++) if (time[i] - time[i - 1] < dayMs) return false;
  return true;
}

function timeOfDay(text: string): number {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (found === null) {
    throw new BitFeverError("BF5042", `"${text}" is not a time of day at which a session can start`, {
      hint: 'write hours and minutes, 24 hours a day: "18:00"',
    });
  }
  return (Number(found[1]) * 60 + Number(found[2])) * 60_000;
}
