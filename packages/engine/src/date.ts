import { dayNumber } from "./data/civil.js";

/** A date of the Gregorian calendar. */
export interface CivilDate {
  /** Days since 1 January 1970. */
  readonly number: number;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
}

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: number): number => modulo(day + 3, 7) + 1; // 1 January 1970 was a Thursday

/** Weeks from Monday to Sunday, counted from the one that holds 1 January 1970. */
export const weekOf = (day: number): number => Math.floor((day + 3) / 7);

/** Months since January 1970. */
export function monthOf(day: number): number {
  const { year, month } = dateOf(day);
  return (year - 1970) * 12 + month - 1;
}

/** The week of the year by ISO 8601: week 1 is the one with the year's first Thursday. */
export function weekOfYear(day: number): number {
  const thursday = weekOf(day) * 7;
  return Math.floor((thursday - dayNumber(dateOf(thursday).year, 1, 1)) / 7) + 1;
}

/** The date so many days after 1 January 1970. */
export function dateOf(number: number): CivilDate {
  // Years are counted from 1 March, so that a leap day ends one, in eras of 400 years, which are all alike.
  const since = number + 719_468;
  const era = Math.floor(since / 146_097);
  const ofEra = since - era * 146_097;
  const leaps = Math.floor(ofEra / 1_460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const yearOfEra = Math.floor((ofEra - leaps) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // From March on, months of 31, 30, 31, 30 and 31 days repeat: 153 days in five months.
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return { number, year, month, day, weekday: weekdayOf(number) };
}

const modulo = (value: number, by: number): number => value - Math.floor(value / by) * by;
