import { dayNumber } from "../data/civil.js";
import { weekdayOf, type CivilDate } from "../date.js";
import { defineCalendar, hours, type Hours } from "../trading-calendar.js";
import { datesOf, monday, nthWeekday, yearly } from "./rules/dates.js";

const isHoliday = yearly((year) => {
  const days = new Set(nationalHolidays(year));
  // A holiday on a Sunday is kept on the next day that is none, and a day between two holidays is one.
  for (const day of [...days].sort((a, b) => a - b)) {
    let kept = day;
    if (weekdayOf(day) === 7) while (days.has(kept)) kept++;
    days.add(kept);
  }
  for (const day of [...days]) if (days.has(day + 2)) days.add(day + 1);
  const newYear = [1, 2, 3].map((day) => dayNumber(year, 1, day));
  return [...days, ...newYear, dayNumber(year, 12, 31)];
});

function nationalHolidays(year: number): number[] {
  const games = moved.get(year);
  return [
    dayNumber(year, 1, 1),
    nthWeekday(2, monday, year, 1), // Coming of Age
    dayNumber(year, 2, 11), // Foundation
    ...(year >= 2020 ? [dayNumber(year, 2, 23)] : []), // the Emperor's birthday
    equinox(year, 3, 20.8431),
    dayNumber(year, 4, 29), // Showa
    dayNumber(year, 5, 3), // Constitution
    dayNumber(year, 5, 4), // Greenery
    dayNumber(year, 5, 5), // Children
    ...(games ?? [
      nthWeekday(3, monday, year, 7), // Marine
      ...(year >= 2016 ? [dayNumber(year, 8, 11)] : []), // Mountain
      nthWeekday(2, monday, year, 10), // Sports
    ]),
    nthWeekday(3, monday, year, 9), // Respect for the Aged
    equinox(year, 9, 23.2488),
    dayNumber(year, 11, 3), // Culture
    dayNumber(year, 11, 23), // Labour
    ...(year <= 2018 ? [dayNumber(year, 12, 23)] : []), // the former Emperor's birthday
  ];
}

/** Marine, Sports and Mountain Day in the years in which the Olympic Games moved them. */
const moved: ReadonlyMap<number, readonly number[]> = new Map([
  [2020, [...datesOf("2020-07-23", "2020-07-24", "2020-08-10")]],
  [2021, [...datesOf("2021-07-22", "2021-07-23", "2021-08-08")]],
]);

const closures = datesOf(
  "2019-04-30..2019-05-02", // the Emperor's abdication and accession
  "2019-10-22", // enthronement
  "2020-10-01", // the trading system failed
);

/** The day of an equinox in Japan, by the formula its almanac office's dates follow from 1980 to 2099. */
function equinox(year: number, month: 3 | 9, first: number): number {
  const since = year - 1980;
  return dayNumber(year, month, Math.floor(first + 0.242194 * since) - Math.floor(since / 4));
}

const longerMorning = dayNumber(2011, 11, 21);
const laterClose = dayNumber(2024, 11, 5);

function tseHours(date: CivilDate): Hours | null {
  if (date.weekday > 5 || isHoliday(date) || closures.has(date.number)) return null;
  const noon = date.number < longerMorning ? 11 : 11.5;
  return hours(9, date.number < laterClose ? 15 : 15.5, [noon, 12.5]);
}

export const tse = defineCalendar({
  name: "TSE",
  summary: "Tokyo Stock Exchange: 09:00 to 11:30 and 12:30 to 15:30 in Tokyo.",
  source:
    "National holidays of Japan and the exchange's notices, from 2010. The morning ended at 11:00 until 18 November " +
    "2011, the afternoon at 15:00 until 1 November 2024.",
  zone: "Asia/Tokyo",
  sessionsPerYear: 245,
  hasHours: true,
  hours: tseHours,
});
