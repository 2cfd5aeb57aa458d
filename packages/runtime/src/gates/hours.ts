import { BitFeverError } from "@bitfever/lang";
import { calendarOf, dayMs, zoneOf } from "@bitfever/engine";
import { weekdays, type HoursWindow, type SessionHours, type Weekday } from "./gate-rule.js";

/**
 * Whether a time lies within hours.
 *
 * @throws BitFeverError BF5175 for hours that are none, BF5040 for an unknown zone, BF5044 for an unknown calendar
 */
export function readHours(given: SessionHours | undefined, place: string): (time: number) => boolean {
  if (typeof given === "object" && given !== null) {
    if ("calendar" in given && typeof given.calendar === "string") return sessionsOf(given.calendar, place);
    if ("windows" in given && typeof given.zone === "string" && Array.isArray(given.windows)) {
      const { windows } = given;
      if (windows.length > 0) return windowsOf(given.zone, windows, place);
    }
  }
  throw new BitFeverError("BF5175", `${place}: there are no hours`, {
    hint: 'write `hours: { calendar: "NYSE" }` or `hours: { zone: "Europe/Berlin", windows: [{ from: "09:00", to: "17:30" }] }`',
  });
}

function sessionsOf(name: string, place: string): (time: number) => boolean {
  const calendar = placed(place, () => calendarOf(name, { zone: "UTC" }));
  return (time) => {
    // The one that has not closed yet.
    const { open, pause } = calendar.sessionAt(time);
    return time >= open && !(pause !== null && time >= pause.from && time < pause.to);
  };
}

/** Of a week by the clocks of the zone, from the midnight that begins Monday. */
interface WeekSpan {
  readonly from: number;
  readonly to: number;
}

function windowsOf(
  zoneName: string,
  windows: readonly HoursWindow[],
  place: string,
): (time: number) => boolean {
  const zone = placed(place, () => zoneOf(zoneName));
  const spans = windows.flatMap((each) => spansOf(each, place));
  return (time) => {
    const local = time + zone.offset(time) - firstMonday;
    const ofWeek = local - Math.floor(local / weekMs) * weekMs;
    // What begins on Sunday evening reaches into the next week.
    return spans.some(({ from, to }) => (ofWeek >= from && ofWeek < to) || ofWeek + weekMs < to);
  };
}

function spansOf({ from, to, days = weekdays.slice(0, 5) }: HoursWindow, place: string): readonly WeekSpan[] {
  const start = timeOfDay(from, place);
  const end = timeOfDay(to, place);
  const places = Array.isArray(days) ? days.map((day: Weekday) => weekdays.indexOf(day)) : [];
  if (places.length === 0 || places.includes(-1))
    throw new BitFeverError("BF5175", `${place}: \`days\` cannot be ${JSON.stringify(days)}`, {
      hint: `it is a list of ${weekdays.join(", ")}`,
    });
  return places.map((day) => ({
    from: day * dayMs + start,
    to: day * dayMs + (end > start ? end : end + dayMs),
  }));
}

function timeOfDay(text: string, place: string): number {
  const found = /^(\d\d):(\d\d)$/.exec(text);
  const minutes = found === null ? NaN : Number(found[1]) * 60 + Number(found[2]);
  if (found !== null && Number(found[2]) < 60 && minutes <= 24 * 60) return minutes * 60_000;
  throw new BitFeverError("BF5175", `${place}: "${text}" is not a time of day`, {
    hint: 'write hours and minutes, 24 hours a day: "09:30"',
  });
}

/** Says of a mistake in which rule it is. */
function placed<Value>(place: string, find: () => Value): Value {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof BitFeverError)) throw error;
    const { code, message, hint } = error;
    throw new BitFeverError(code, `${place}: ${message}`, { hint, cause: error });
  }
}

const weekMs = 7 * dayMs;
/** 5 January 1970. */
const firstMonday = 4 * dayMs;
