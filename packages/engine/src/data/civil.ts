import { dayMs } from "./zone.js";

const daysBefore = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/** Days from 1 January 1970 to a date of the Gregorian calendar; NaN when there is no such date. */
export function dayNumber(year: number, month: number, day: number): number {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return NaN;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  const length = daysBefore[month + 1] - daysBefore[month] + (month === 2 ? leap : 0);
  if (day > length) return NaN;
  const past = year - 1;
  const days = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return days - 719_162 + daysBefore[month] + (month > 2 ? leap : 0) + day - 1;
}

/** `2020-01-31`, with the time of day behind it where that is not midnight: `2020-01-31T09:30:00Z`. */
export function timeText(time: number): string {
  if (!(Math.abs(time) <= 8.64e15)) return "no time";
  const text = new Date(time).toISOString();
  return time % dayMs === 0 ? text.slice(0, -14) : text.replace(".000Z", "Z");
}
