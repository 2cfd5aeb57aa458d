import type { CalendarValue } from "@bitfever/lang";
import type { ClockBars } from "./clock-bars.js";

const dayMs = 86_400_000;

/** Where one bar of a clock stands in the calendar. */
export function calendarValue(
  name: CalendarValue | "session_bar",
  { timing, bars }: ClockBars,
  bar: number,
): number {
  const { calendar, intervalMs, isDated } = timing;
  const { time } = bars[bar];
  const local = new Date(isDated ? time : time + calendar.zone.offset(time));
  const session = isDated ? calendar.sessionFrom(Math.floor(time / dayMs)) : calendar.sessionAt(time);
  // A bar that would outlast its session closes with it; one whose stamp is a date is the session.
  const close = isDated ? session.close : Math.min(time + intervalMs, session.close);
  switch (name) {
    case "bar_index":
      return bar;
    case "session_bar":
      return isDated
        ? 0
        : bars.slice(0, bar).filter((each) => calendar.sessionAt(each.time).day === session.day).length;
    case "since_open":
      return close - session.open;
    case "until_close":
      return calendar.hasHours ? session.close - close : NaN;
    case "is_session_last":
      return Number(close === session.close);
    case "year":
      return local.getUTCFullYear();
    case "month":
      return local.getUTCMonth() + 1;
    case "day":
      return local.getUTCDate();
    case "day_of_week":
      return local.getUTCDay() === 0 ? 7 : local.getUTCDay();
    case "week_of_year":
      return isoWeek(local);
    case "hour":
      return local.getUTCHours();
    case "minute":
      return local.getUTCMinutes();
    case "time_of_day":
      return local.getTime() - Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  }
}

/** The week of the year that the week's Thursday lies in, counted in Thursdays. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * dayMs);
  const year = thursday.getUTCFullYear();
  let weeks = 0;
  for (const day = new Date(Date.UTC(year, 0, 1)); day <= thursday; day.setTime(day.getTime() + dayMs))
    if (day.getUTCDay() === 4) weeks++;
  return weeks;
}
