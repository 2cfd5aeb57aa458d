import { dayNumber } from "./civil.js";
import { digitsAt, isLetter, numberAt } from "./digits.js";

/** Which of two numbers is the day: `31/1/2020` or `1/31/2020`. */
export type DateOrder = "day first" | "month first";

/** Where the readers of dates and clocks put what they found, so that a row allocates nothing. */
export interface FoundStamp {
  /** Days since 1 January 1970. */
  day: number;
  /** Milliseconds since midnight. */
  clock: number;
  /** What the clock is ahead of UTC, in milliseconds; NaN where no zone is written. */
  offset: number;
}

/** A way to write a date. A file keeps to one in all its rows; a time of day may follow. */
export interface DateLayout {
  readonly example: string;
  /** Whether a text begins with such a date. */
  readonly pattern: RegExp;
  /** Reads the date at `at` into `found.day`: the place behind it, or -1 when there is none. */
  readonly read: (bytes: Uint8Array, at: number, end: number, found: FoundStamp, order: DateOrder) => number;
}

const yearFirst: DateLayout = {
  example: "2020-01-31",
  pattern: /^\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/,
  read(bytes, at, end, found) {
    const separator = bytes[at + 4];
    if (!isSeparator(separator)) return -1;
    const monthAt = at + 5;
    const monthLength = digitsAt(bytes, monthAt, end, 2);
    const dayAt = monthAt + monthLength + 1;
    if (bytes[dayAt - 1] !== separator) return -1;
    const dayLength = digitsAt(bytes, dayAt, end, 2);
    const month = numberAt(bytes, monthAt, monthLength);
    found.day = dayNumber(numberAt(bytes, at, 4), month, numberAt(bytes, dayAt, dayLength));
    return found.day === found.day ? dayAt + dayLength : -1;
  },
};

/** Also the start of `20200131093000`. */
export const compact: DateLayout = {
  example: "20200131",
  pattern: /^\d{8}(?!\d)|^\d{12}(\d\d)?$/,
  read(bytes, at, end, found) {
    if (digitsAt(bytes, at, end, 8) !== 8) return -1;
    found.day = dayNumber(numberAt(bytes, at, 4), numberAt(bytes, at + 4, 2), numberAt(bytes, at + 6, 2));
    return found.day === found.day ? at + 8 : -1;
  },
};

/** Its two numbers alone do not say which is the day. */
export const dayAndMonth: DateLayout = {
  example: "1/31/2020",
  pattern: /^\d{1,2}([-/.])\d{1,2}\1(\d{4}|\d\d)(?!\d)/,
  read(bytes, at, end, found, order) {
    const firstLength = digitsAt(bytes, at, end, 2);
    const secondAt = at + firstLength + 1;
    const secondLength = digitsAt(bytes, secondAt, end, 2);
    const yearAt = secondAt + secondLength + 1;
    const yearLength = digitsAt(bytes, yearAt, end, 4);
    if (!isSeparator(bytes[secondAt - 1]) || bytes[yearAt - 1] !== bytes[secondAt - 1]) return -1;
    const first = numberAt(bytes, at, firstLength);
    const second = numberAt(bytes, secondAt, secondLength);
    const year = yearAtLength(bytes, yearAt, yearLength);
    found.day = order === "day first" ? dayNumber(year, second, first) : dayNumber(year, first, second);
    return found.day === found.day ? yearAt + yearLength : -1;
  },
};

const namedMonth: DateLayout = {
  example: "31-Jan-20",
  pattern: /^\d{1,2}[-. ]{0,2}[A-Za-z]{3,9}[-., ]{0,2}(\d{4}|\d\d)(?!\d)/,
  read(bytes, at, end, found) {
    const dayLength = digitsAt(bytes, at, end, 2);
    const monthAt = afterMarks(bytes, at + dayLength, end);
    const behindMonth = afterLetters(bytes, monthAt, end);
    const yearAt = afterMarks(bytes, behindMonth, end);
    const yearLength = digitsAt(bytes, yearAt, end, 4);
    const year = yearAtLength(bytes, yearAt, yearLength);
    found.day = dayNumber(year, monthAtLetters(bytes, monthAt, behindMonth), numberAt(bytes, at, dayLength));
    return found.day === found.day ? yearAt + yearLength : -1;
  },
};

const monthBeforeDay: DateLayout = {
  example: "Jan 31, 2020",
  pattern: /^[A-Za-z]{3,9}[-. ]{1,2}\d{1,2}[-., ]{1,2}\d{4}(?!\d)/,
  read(bytes, at, end, found) {
    const behindMonth = afterLetters(bytes, at, end);
    const dayAt = afterMarks(bytes, behindMonth, end);
    const dayLength = digitsAt(bytes, dayAt, end, 2);
    const yearAt = afterMarks(bytes, dayAt + dayLength, end);
    const yearLength = digitsAt(bytes, yearAt, end, 4);
    const year = yearAtLength(bytes, yearAt, yearLength);
    found.day = dayNumber(year, monthAtLetters(bytes, at, behindMonth), numberAt(bytes, dayAt, dayLength));
    return found.day === found.day ? yearAt + yearLength : -1;
  },
};

export const layouts: readonly DateLayout[] = [yearFirst, compact, dayAndMonth, namedMonth, monthBeforeDay];

/** `-`, `/` or a point. */
const isSeparator = (byte: number): boolean => byte === 0x2d || byte === 0x2f || byte === 0x2e;

/** Two digits are 1970 to 2069. */
function yearAtLength(bytes: Uint8Array, at: number, length: number): number {
  const year = numberAt(bytes, at, length);
  if (length === 2) return year < 70 ? 2000 + year : 1900 + year;
  return length === 4 ? year : NaN;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function monthAtLetters(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 3) return NaN;
  const word = String.fromCharCode(bytes[start], bytes[start + 1], bytes[start + 2]).toLowerCase();
  const index = months.indexOf(word);
  return index < 0 ? NaN : index + 1;
}

function afterLetters(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && isLetter(bytes[at])) at++;
  return at;
}

/** Behind blanks, commas, points and hyphens. */
function afterMarks(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] === 0x20 || (bytes[at] >= 0x2c && bytes[at] <= 0x2e))) at++;
  return at;
}
