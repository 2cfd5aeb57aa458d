import { intervalMs, type Plan } from "@bitfever/lang";
import { calendarOf, type Calendar, type Settings } from "@bitfever/engine";

const dayMs = 86_400_000;

/** Two months from here no exchange of the United States keeps a holiday, and no clock there is changed. */
const firstDay = Date.UTC(2024, 8, 3) / dayMs;

/**
 * Times of generated bars: within the sessions of the program's calendar, else of the NYSE's, so that there are nights
 * and week-ends between them. Where `opensSession` says so, the rest of a session is left out.
 */
export function sessionTimes(
  { clock, calendar: name }: Pick<Plan, "clock" | "calendar">,
  { zone, session_start: start }: Pick<Settings, "zone" | "session_start">,
  opensSession: readonly boolean[],
): Float64Array {
  const calendar = calendarOf(name ?? "NYSE", { zone, start });
  const interval = intervalMs(clock ?? "1m");
  const next =
    interval === null || interval >= dayMs ? datesOf(calendar, interval) : opensOf(calendar, interval);
  return Float64Array.from(opensSession, next);
}

function datesOf(calendar: Calendar, interval: number | null): () => number {
  let day = firstDay;
  return () => {
    const session = calendar.sessionFrom(day);
    const date = new Date(session.day * dayMs);
    const ofNextMonth = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / dayMs;
    day = interval === null ? ofNextMonth : session.day + interval / dayMs;
    return session.day * dayMs;
  };
}

function opensOf(calendar: Calendar, interval: number): (opensSession: boolean, i: number) => number {
  let session = calendar.sessionFrom(firstDay);
  let time = session.open - interval;
  return (opensSession, i) => {
    const { pause } = session;
    time += interval;
    if (pause !== null && time >= pause.from && time < pause.to) time = pause.to;
    if (time >= session.close || (opensSession && i > 0)) {
      session = calendar.sessionFrom(session.day + 1);
      time = session.open;
    }
    return time;
  };
}
