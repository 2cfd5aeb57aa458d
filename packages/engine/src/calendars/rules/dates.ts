import { dayNumber } from "../../data/civil.js";
import { weekdayOf, type CivilDate } from "../../date.js";

/** Whether a date is among those that a rule names for its year. */
export function yearly(rule: (year: number) => readonly number[]): (date: CivilDate) => boolean {
  const years = new Map<number, ReadonlySet<number>>();
  return ({ number, year }) => {
    let days = years.get(year);
    if (days === undefined) years.set(year, (days = new Set(rule(year))));
    return days.has(number);
  };
}

/** Single dates, written `2001-09-11`, or `2001-09-11..2001-09-14` for all from one to the other. */
export function datesOf(...written: readonly string[]): ReadonlySet<number> {
  const dayOf = (text: string): number => {
    const [year, month, day] = text.split("-").map(Number);
    return dayNumber(year, month, day);
  };
  const days = new Set<number>();
  for (const each of written) {
    const [from, to = from] = each.split("..").map(dayOf);
    for (let day = from; day <= to; day++) days.add(day);
  }
  return days;
}

export const [monday, thursday] = [1, 4];

/** The nth Monday (1), Tuesday (2), … of a month. */
export function nthWeekday(n: number, weekday: number, year: number, month: number): number {
  const first = dayNumber(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7;
}

/** The last Monday (1), Tuesday (2), … of a month of 31 days. */
export const lastWeekday = (weekday: number, year: number, month: 5 | 8): number => {
  const last = dayNumber(year, month, 31);
  return last - ((weekdayOf(last) - weekday + 7) % 7);
};

/** A holiday on a Sunday is kept on the Monday after. */
export const sundayToMonday = (day: number): number => (weekdayOf(day) === 7 ? day + 1 : day);

/** A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after. */
export const nearestWeekday = (day: number): number => (weekdayOf(day) === 6 ? day - 1 : sundayToMonday(day));

/** A holiday on a Saturday or Sunday is kept on the Monday after. */
export const weekendToMonday = (day: number): number =>
  weekdayOf(day) === 6 ? day + 2 : sundayToMonday(day);

/** The Friday before for a day of the weekend. */
export const weekendToFriday = (day: number): number => day - Math.max(0, weekdayOf(day) - 5);

/** Easter Sunday of the Gregorian calendar. Source: the rule of the church's tables as Gauss and his successors put it. */
export function easter(year: number): number {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  // The age of the moon, in days, by which the full moon of spring is found.
  const drift = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25);
  const age = (19 * golden + drift + 15) % 30;
  const late = age > 28 || (age === 28 && golden > 10) ? 1 : 0;
  const fullMoon = dayNumber(year, 3, 21) + age - late;
  // Sunday after the full moon, a week later when that is a Sunday itself.
  return fullMoon + 7 - (weekdayOf(fullMoon) % 7);
}
