import { zoneOf, dayMs, type Zone } from "./data/zone.js";
import { dateOf, type CivilDate } from "./date.js";

/** When a market trades on a date, in milliseconds by the clocks of its zone after the midnight that begins the date. */
export interface Hours {
  /** Below 0 on the evening before. */
  readonly open: number;
  readonly close: number;
  /** The lunch break, where there is one. */
  readonly pause: { readonly from: number; readonly to: number } | null;
}

/** The days and hours of a market: facts, one file each. */
export interface CalendarDefinition {
  /** As a program writes it: `NYSE`. */
  readonly name: string;
  readonly summary: string;
  /** Where the facts are published, and from which year on they are kept. */
  readonly source: string;
  /** IANA name. */
  readonly zone: string;
  /** For annualisation; null when the bars have to be asked. */
  readonly sessionsPerYear: number | null;
  /** Whether the close of a session is an event of the market, not just the start of the next day. */
  readonly hasHours: boolean;
  /** The hours of the session that is named by a date; null when there is none. */
  readonly hours: (date: CivilDate) => Hours | null;
}

export const defineCalendar = (definition: CalendarDefinition): CalendarDefinition => definition;

/** Hours of a day in decimals: `hours(9.5, 16)`, `hours(-6, 17)` for an open at 18:00 of the day before. */
export const hours = (open: number, close: number, pause?: readonly [from: number, to: number]): Hours => ({
  open: open * 3_600_000,
  close: close * 3_600_000,
  pause: pause === undefined ? null : { from: pause[0] * 3_600_000, to: pause[1] * 3_600_000 },
});

/** A day of trading. Instants are milliseconds since 1970 UTC. */
export interface Session {
  /** The date that names it, in days since 1970. */
  readonly day: number;
  readonly open: number;
  readonly close: number;
  readonly pause: { readonly from: number; readonly to: number } | null;
}

/** A definition that can be asked about instants. */
export interface Calendar extends Pick<CalendarDefinition, "name" | "sessionsPerYear" | "hasHours"> {
  readonly zone: Zone;
  /**
   * The session an instant belongs to: the first that has not closed by then. What trades before the open belongs to the
   * session that follows, and so does what trades after a close: a session that has closed never changes.
   */
  readonly sessionAt: (utc: number) => Session;
  /** The first session named by the given date (days since 1970) or a later one. */
  readonly sessionFrom: (day: number) => Session;
}

/** What there is to know of the times of bars beside their stamps. */
export interface Timing {
  readonly calendar: Calendar;
  /** The step between bars; 0 when it is unknown, and a bar is then taken to close where it opens. */
  readonly intervalMs: number;
  /** Whether stamps are dates that name sessions and have no zone; else they are the instants at which bars open. */
  readonly isDated: boolean;
}

/** The timing of bars as they come: those of a day or more carry dates. */
export const timingOf = (calendar: Calendar, intervalMs: number): Timing => ({
  calendar,
  intervalMs,
  isDated: intervalMs >= dayMs,
});

export function makeCalendar({
  name,
  zone: zoneName,
  sessionsPerYear,
  hasHours,
  hours: hoursOf,
}: CalendarDefinition): Calendar {
  const zone = zoneOf(zoneName);
  const sessions = new Map<number, Session | null>();
  let last: Session = { day: 0, open: Infinity, close: -Infinity, pause: null };

  const makeSession = (day: number): Session | null => {
    const found = hoursOf(dateOf(day));
    if (found === null) return null;
    const instant = (clock: number): number => zone.reached(day * dayMs + clock);
    const { pause } = found;
    return {
      day,
      open: instant(found.open),
      close: instant(found.close),
      pause: pause === null ? null : { from: instant(pause.from), to: instant(pause.to) },
    };
  };

  const sessionFrom = (first: number): Session => {
    if (!Number.isFinite(first)) throw new Error(`calendar ${name}: ${first} is no day`);
    for (let day = first; ; day++) {
      let session = sessions.get(day);
      if (session === undefined) sessions.set(day, (session = makeSession(day)));
      if (session !== null) return session;
    }
  };

  const sessionAt = (utc: number): Session => {
    if (utc >= last.open && utc < last.close) return last;
    // No session closes later than the end of the day after its own; one more day for zones that have skipped one.
    let session = sessionFrom(Math.floor((utc + zone.offset(utc)) / dayMs) - 2);
    while (session.close <= utc) session = sessionFrom(session.day + 1);
    return (last = session);
  };

  return { name, zone, sessionsPerYear, hasHours, sessionAt, sessionFrom };
}
