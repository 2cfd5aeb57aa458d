import { dayNumber } from "../data/civil.js";
import type { CivilDate } from "../date.js";
import { defineCalendar, hours, type Hours } from "../trading-calendar.js";
import { datesOf, nearestWeekday, sundayToMonday, yearly } from "./rules/dates.js";
import { goodFriday, isUsHalfDay, isUsHoliday } from "./rules/us-equities.js";

/** The days that have no session at all; on the other holidays trading ends early. */
const isShut = yearly((year) => [
  sundayToMonday(dayNumber(year, 1, 1)),
  goodFriday(year),
  nearestWeekday(dayNumber(year, 12, 25)),
]);

/** Funerals of presidents, on which trading ended as the stock exchanges would have opened. */
const mornings = datesOf("2018-12-05", "2025-01-09");

const lateClose = dayNumber(2015, 9, 21);

/** An evening to the next afternoon; the quarter of an hour after 16:15 that was a halt until 2021 is not left out. */
function cmeEquityHours(date: CivilDate): Hours | null {
  if (date.weekday > 5 || isShut(date)) return null;
  if (mornings.has(date.number)) return hours(-6, 9.5);
  if (isUsHoliday(date)) return hours(-6, 13);
  if (isUsHalfDay(date)) return hours(-6, 13.25);
  return hours(-6, date.number < lateClose ? 17.25 : 17);
}

export const cme_equity = defineCalendar({
  name: "CME_EQUITY",
  summary:
    "Equity index futures of CME: from 18:00 of the evening before to 17:00 in New York, with an hour between.",
  source:
    "Globex hours as CME Group publishes them, from 2012; the close was 17:15 until 18 September 2015. Holidays with " +
    "trading end at 13:00 and half days at 13:15; a Good Friday on which figures are published has no session here.",
  zone: "America/New_York",
  sessionsPerYear: 258,
  hasHours: true,
  hours: cmeEquityHours,
});
