import { dayNumber } from "../data/civil.js";
import { weekdayOf, type CivilDate } from "../date.js";
import { defineCalendar, hours, type Hours } from "../trading-calendar.js";
import {
  datesOf,
  easter,
  lastWeekday,
  monday,
  nthWeekday,
  weekendToFriday,
  weekendToMonday,
  yearly,
} from "./rules/dates.js";

const isHoliday = yearly((year) => {
  const christmas = dayNumber(year, 12, 25);
  return [
    weekendToMonday(dayNumber(year, 1, 1)),
    easter(year) - 2,
    easter(year) + 1,
    // The anniversary of the end of the war in Europe took the place of the first Monday of May.
    year === 2020 ? dayNumber(year, 5, 8) : nthWeekday(1, monday, year, 5),
    ...(jubilees.get(year) ?? [lastWeekday(monday, year, 5)]),
    lastWeekday(monday, year, 8),
    // Christmas and the day after keep two weekdays between them.
    ...[christmas, christmas + 1].map((day) => (weekdayOf(day) > 5 ? day + 2 : day)),
  ];
});

/** Years in which the bank holiday at the end of May moved to June, and a second was given. */
const jubilees: ReadonlyMap<number, readonly number[]> = new Map([
  [2002, [...datesOf("2002-06-03..2002-06-04")]],
  [2012, [...datesOf("2012-06-04..2012-06-05")]],
  [2022, [...datesOf("2022-06-02..2022-06-03")]],
]);

const closures = datesOf(
  "1999-12-31", // the turn of the millennium
  "2011-04-29", // royal wedding
  "2022-09-19", // the Queen's funeral
  "2023-05-08", // coronation
);

const isHalfDay = yearly((year) =>
  [dayNumber(year, 12, 24), dayNumber(year, 12, 31)].map((day) => weekendToFriday(day)),
);

function lseHours(date: CivilDate): Hours | null {
  if (date.weekday > 5 || isHoliday(date) || closures.has(date.number)) return null;
  return hours(8, isHalfDay(date) ? 12.5 : 16.5);
}

export const lse = defineCalendar({
  name: "LSE",
  summary: "London Stock Exchange: 08:00 to 16:30 in London, 12:30 before Christmas and the New Year.",
  source: "Bank holidays of England and the exchange's notices, from 1999.",
  zone: "Europe/London",
  sessionsPerYear: 253,
  hasHours: true,
  hours: lseHours,
});
