import { BitFeverError } from "@bitfever/lang";
import type { Calendar, Timing } from "@bitfever/engine";

/** When a bar begins and ends, by the calendar. */
export interface BarSpan {
  /** The stamp that histories give it. */
  readonly time: number;
  /** The instant at which it is over. */
  readonly end: number;
}

/** The bars that a calendar knows of, whether somebody trades in them or not. */
export interface BarGrid {
  /** The bar in which an instant lies. */
  readonly at: (instant: number) => BarSpan;
  /** The stamp of the first bar within trading hours behind the one with this stamp. */
  readonly next: (time: number) => number;
  /** How many bars of trading hours have stamps in `[from, to)`, where `from` is one. */
  readonly count: (from: number, to: number) => number;
}

const dayMs = 86_400_000;

/**
 * Bars of less than a day are counted from the open of a session, and again from the end of its break; the last before a break or a
 * close ends with it. What trades before an open is counted backwards from there. A daily bar is a session.
 *
 * @throws BitFeverError BF5167 for an interval that is no length of a bar, or longer than a day
 */
export function barGrid(timing: Timing): BarGrid {
  const { calendar, intervalMs, isDated } = timing;
  if (!(intervalMs > 0 && intervalMs <= dayMs)) {
    throw new BitFeverError("BF5167", `a feed makes no bars of ${intervalMs} ms`, {
      hint: "bars of feeds are up to a day long; slower ones are built from them",
    });
  }
  const next = isDated
    ? (time: number): number => calendar.sessionFrom(Math.floor(time / dayMs) + 1).day * dayMs
    : (time: number): number => nextWithin(calendar, intervalMs, time);
  return {
    at: isDated
      ? (instant) => {
          const { day, close } = calendar.sessionAt(instant);
          return { time: day * dayMs, end: close };
        }
      : (instant) => spanAt(calendar, intervalMs, instant),
    next,
    count: (from, to) => {
      let count = 0;
      for (let time = from; time < to; time = next(time)) count++;
      return count;
    },
  };
}

function spanAt(calendar: Calendar, length: number, instant: number): BarSpan {
  const session = calendar.sessionAt(instant);
  const { pause } = session;
  const isBehindPause = pause !== null && instant >= pause.from;
  const from = isBehindPause ? pause.to : session.open;
  const start = from + Math.floor((instant - from) / length) * length;
  if (instant >= from) {
    const until = pause === null || isBehindPause ? session.close : pause.from;
    return { time: start, end: Math.min(start + length, until) };
  }
  // Two bars do not overlap: what is counted backwards begins where the hours before it ended.
  const earliest = isBehindPause ? pause.from : closeBefore(calendar, session.day);
  return { time: Math.max(start, earliest), end: start + length };
}

function closeBefore(calendar: Calendar, day: number): number {
  for (let before = day - 1; ; before--) {
    const session = calendar.sessionFrom(before);
    if (session.day < day) return session.close;
  }
}

function nextWithin(calendar: Calendar, length: number, time: number): number {
  const { open, close, pause } = calendar.sessionAt(time);
  if (time < open) return open;
  const next = time + length;
  if (next >= close) return calendar.sessionAt(close).open;
  return pause !== null && time < pause.to && next >= pause.from ? pause.to : next;
}
