import { dayNumber } from "../../data/civil.js";
import { weekdayOf, type CivilDate } from "../../date.js";
import { hours, type Hours } from "../../trading-calendar.js";
import {
  datesOf,
  easter,
  lastWeekday,
  monday,
  nearestWeekday,
  nthWeekday,
  sundayToMonday,
  thursday,
  yearly,
} from "./dates.js";

/** The holidays that the exchanges of the United States keep by rule, from 1972. */
export const isUsHoliday = yearly((year) => [
  // A New Year's Day on a Saturday is not kept on the Friday: the books of the old year are closed on that day.
  sundayToMonday(dayNumber(year, 1, 1)),
  ...(year >= 1998 ? [nthWeekday(3, monday, year, 1)] : []), // Martin Luther King Jr.
  nthWeekday(3, monday, year, 2), // Washington
  goodFriday(year),
  lastWeekday(monday, year, 5), // Memorial Day
  ...(year >= 2022 ? [nearestWeekday(dayNumber(year, 6, 19))] : []), // Juneteenth
  nearestWeekday(dayNumber(year, 7, 4)),
  nthWeekday(1, monday, year, 9), // Labor Day
  // Election Day, the Tuesday after the first Monday, in years that elected a president.
  ...(year <= 1980 && year % 4 === 0 ? [nthWeekday(1, monday, year, 11) + 1] : []),
  thanksgiving(year),
  nearestWeekday(dayNumber(year, 12, 25)),
]);

/** Days on which the stock exchanges were shut for a reason of their own. */
const closures = datesOf(
  "1972-12-28", // Truman's funeral
  "1973-01-25", // Johnson's funeral
  "1977-07-14", // blackout in New York
  "1985-09-27", // hurricane Gloria
  "1994-04-27", // Nixon's funeral
  "2001-09-11..2001-09-14", // attacks on the United States
  "2004-06-11", // Reagan's funeral
  "2007-01-02", // Ford's funeral
  "2012-10-29..2012-10-30", // hurricane Sandy
  "2018-12-05", // Bush's funeral
  "2025-01-09", // Carter's funeral
);

/** Days that end at 13:00 in New York by rule, from 1993: those before or after a holiday. */
export const isUsHalfDay = yearly((year) => {
  const [third, fifth] = [dayNumber(year, 7, 3), dayNumber(year, 7, 5)];
  // With Independence Day on a Thursday it was the Friday, and has been the Wednesday since 2013.
  const independence = weekdayOf(third) === 3 && year < 2013 ? fifth : third;
  return [...(year >= 1995 ? [independence] : []), thanksgiving(year) + 1, dayNumber(year, 12, 24)];
});

const otherHalfDays = datesOf("1997-12-26", "1999-12-31", "2003-12-26");

const [fullDay, halfDay] = [hours(9.5, 16), hours(9.5, 13)];

/** The regular hours of NYSE and NASDAQ. */
export function usEquityHours(date: CivilDate): Hours | null {
  if (date.weekday > 5 || isUsHoliday(date) || closures.has(date.number)) return null;
  const isHalf = date.year >= 1993 && (isUsHalfDay(date) || otherHalfDays.has(date.number));
  return isHalf ? halfDay : fullDay;
}

export function goodFriday(year: number): number {
  return easter(year) - 2;
}

function thanksgiving(year: number): number {
  return nthWeekday(4, thursday, year, 11);
}
