import { dayNumber } from "../data/civil.js";
import type { CivilDate } from "../date.js";
import { defineCalendar, hours, type Hours } from "../trading-calendar.js";
import { easter, weekendToFriday, yearly } from "./rules/dates.js";

const isHoliday = yearly((year) => [
  dayNumber(year, 1, 1),
  easter(year) - 2,
  easter(year) + 1,
  dayNumber(year, 5, 1),
  ...[24, 25, 26, 31].map((day) => dayNumber(year, 12, day)),
]);

const isHalfDay = yearly((year) => [weekendToFriday(dayNumber(year, 12, 30))]);

function xetraHours(date: CivilDate): Hours | null {
  if (date.weekday > 5 || isHoliday(date)) return null;
  return hours(9, isHalfDay(date) ? 14 : 17.5);
}

export const xetra = defineCalendar({
  name: "XETRA",
  summary: "Xetra: 09:00 to 17:30 in Frankfurt, 14:00 on the last day of the year.",
  source:
    "Trading calendar of Deutsche Börse, from 2022; in years before, some days named here were holidays.",
  zone: "Europe/Berlin",
  sessionsPerYear: 254,
  hasHours: true,
  hours: xetraHours,
});
