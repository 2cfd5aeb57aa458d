import { cellText, type Cells } from "./cells.js";
import { dayNumber } from "./civil.js";
import { readClock } from "./clock.js";
import { digitsAt, numberAt } from "./digits.js";
import {
  compact,
  dayAndMonth,
  layouts,
  type DateLayout,
  type DateOrder,
  type FoundStamp,
} from "./layouts.js";
import { isAbsent, readNumbers } from "./numbers.js";
import { dayMs } from "./zone.js";

/** A column of times whose zone, where none is written, is not yet applied. */
export interface Stamps {
  /** Milliseconds since 1970: instants of UTC when `isZoned`, else readings of some clock. NaN where unreadable. */
  readonly values: Float64Array;
  readonly isZoned: boolean;
}

export type EpochUnit = "s" | "ms" | "us" | "ns";

export interface StampOptions {
  /** Times of day that stand in a column of their own. */
  readonly clocks?: Cells | undefined;
  /** The unit of numbers, where the column's name says it. */
  readonly unit?: EpochUnit | undefined;
  readonly order?: DateOrder | undefined;
}

/** Why a column of times cannot be read without asking. */
export type StampQuestion =
  /** No row has a number above 12 that would say which of the two is the day. */
  | { readonly question: "ambiguous"; readonly row: number }
  /** One row can only be read day first, another only month first. */
  | { readonly question: "mixed"; readonly dayFirst: number; readonly monthFirst: number }
  /** The numbers are too small to be times since 1970. */
  | { readonly question: "small" };

/**
 * Reads a column of text as times, by the layout of the first row that has one; a row of another layout, or with a
 * zone where the rows before have none, is unreadable.
 */
export function readStamps(cells: Cells, options: StampOptions): Stamps | StampQuestion {
  for (let row = 0; row < Math.min(cells.length, 100); row++) {
    const text = cellText(cells, row);
    const layout = layouts.find((each) => each.pattern.test(text));
    const isNumber = /^-?\d+(\.\d*)?(e\+?\d+)?$/i.test(text);
    if (layout === compact && isNumber) {
      const dates = readDates(cells, compact, options);
      if (areDates(dates.values)) return dates;
    }
    if (isNumber) return readEpochs(readNumbers(cells), options.unit);
    if (layout === dayAndMonth && options.order === undefined) {
      const order = orderOf(cells);
      return typeof order === "string" ? readDates(cells, layout, { ...options, order }) : order;
    }
    if (layout !== undefined) return readDates(cells, layout, options);
  }
  return { values: new Float64Array(cells.length).fill(NaN), isZoned: true };
}

function readDates(cells: Cells, layout: DateLayout, { clocks, order = "day first" }: StampOptions): Stamps {
  const values = new Float64Array(cells.length);
  const found: FoundStamp = { day: NaN, clock: NaN, offset: NaN };
  const digits = clocks === undefined ? 0 : clockDigits(clocks);
  let isZoned: boolean | undefined;
  for (let row = 0; row < cells.length; row++) {
    values[row] = NaN;
    const end = trimmedEnd(cells, row);
    const behind = layout.read(cells.bytes, trimmedStart(cells, row, end), end, found, order);
    if (behind < 0) continue;
    if (clocks === undefined) {
      if (!readClock(cells.bytes, behind, end, 0, found)) continue;
    } else {
      const clockEnd = trimmedEnd(clocks, row);
      const clockStart = trimmedStart(clocks, row, clockEnd);
      if (clockStart === clockEnd || !readClock(clocks.bytes, clockStart, clockEnd, digits, found)) continue;
    }
    const hasZone = found.offset === found.offset;
    isZoned ??= hasZone;
    if (hasZone === isZoned) values[row] = found.day * dayMs + found.clock - (hasZone ? found.offset : 0);
  }
  return { values, isZoned: isZoned ?? true };
}

function trimmedStart({ bytes, starts, first, step }: Cells, row: number, end: number): number {
  let start = starts[first + row * step];
  while (start < end && bytes[start] <= 0x20) start++;
  return start;
}

function trimmedEnd({ bytes, starts, ends, first, step }: Cells, row: number): number {
  const at = first + row * step;
  let end = ends[at];
  while (end > starts[at] && bytes[end - 1] <= 0x20) end--;
  return end;
}

/**
 * Numbers as times since 1970. Where the name of the column does not say the unit, the largest number of the whole
 * column does: below 10¹¹ seconds, below 10¹⁴ milliseconds, below 10¹⁷ microseconds, else nanoseconds; each of them
 * reaches to the year 5138, and none begins before March 1973.
 * Numbers that all end before March 1973 as seconds are no times: they count rows, or days as spreadsheets do.
 */
export function readEpochs(numbers: Float64Array, unit?: EpochUnit): Stamps | StampQuestion {
  let largest = 0;
  for (const number of numbers) if (Math.abs(number) > largest) largest = Math.abs(number);
  const dates = largest < 1e8 ? calendarNumbers(numbers) : undefined;
  if (dates !== undefined) return { values: dates, isZoned: false };
  if (unit === undefined && largest < 1e8) return { question: "small" };
  return { values: toMilliseconds(numbers, unit ?? unitOf(largest)), isZoned: true };
}

const unitOf = (largest: number): EpochUnit =>
  largest < 1e11 ? "s" : largest < 1e14 ? "ms" : largest < 1e17 ? "us" : "ns";

/** What is finer than a microsecond is rounded away: a double of milliseconds does not hold it for dates of our days. */
export function toMilliseconds(numbers: Float64Array, unit: EpochUnit): Float64Array {
  if (unit === "ms") return numbers;
  const values = new Float64Array(numbers.length);
  const [factor, divisor] = { s: [1e6, 1], us: [1, 1], ns: [1, 1000] }[unit];
  for (let i = 0; i < values.length; i++) values[i] = Math.round((numbers[i] * factor) / divisor) / 1000;
  return values;
}

/** Numbers such as 20200131, where more than half of them are dates; as seconds they would be a few days of 1970. */
function calendarNumbers(numbers: Float64Array): Float64Array | undefined {
  const values = numbers.map(
    (n) => dayNumber(Math.floor(n / 10_000), Math.floor(n / 100) % 100, n % 100) * dayMs,
  );
  return areDates(values) ? values : undefined;
}

/** Whether more than half are dates between 1800 and 2200. */
function areDates(values: Float64Array): boolean {
  const [from, to] = [dayNumber(1800, 1, 1) * dayMs, dayNumber(2200, 1, 1) * dayMs];
  let count = 0;
  for (const value of values) if (value >= from && value < to) count++;
  return count * 2 > values.length;
}

/** Whether a column holds times of day for the dates of another: `09:30`, `9:30:00 AM`, `93000`, `0930`. */
export function isClock(cells: Cells): boolean {
  for (let row = 0; row < Math.min(cells.length, 100); row++) {
    const text = cellText(cells, row);
    if (!isAbsent(text)) return /^(\d{1,2}:\d\d(:\d\d([.,]\d+)?)?( ?[ap]m)?.{0,9}|\d{1,6})$/i.test(text);
  }
  return false;
}

/** How many digits a time of day without colons has in full, in this column: 4 for `0930`, 6 for `93000`. */
function clockDigits(cells: Cells): number {
  for (let row = 0; row < cells.length; row++) {
    const end = trimmedEnd(cells, row);
    if (digitsAt(cells.bytes, trimmedStart(cells, row, end), end, 6) > 4) return 6;
  }
  return 4;
}

/** Which number of `1/31/2020` is the day, from a row in which one of them is above 12. */
function orderOf(cells: Cells): DateOrder | StampQuestion {
  let dayFirst = -1;
  let monthFirst = -1;
  let either = -1;
  for (let row = 0; row < cells.length && (dayFirst < 0 || monthFirst < 0); row++) {
    const end = trimmedEnd(cells, row);
    const start = trimmedStart(cells, row, end);
    const firstLength = digitsAt(cells.bytes, start, end, 2);
    const secondLength = digitsAt(cells.bytes, start + firstLength + 1, end, 2);
    const first = numberAt(cells.bytes, start, firstLength);
    const second = numberAt(cells.bytes, start + firstLength + 1, secondLength);
    if (first > 12 && second <= 12) dayFirst = row;
    if (second > 12 && first <= 12) monthFirst = row;
    if (either < 0 && first !== second && first <= 12 && second <= 12) either = row;
  }
  if (dayFirst >= 0 && monthFirst >= 0) return { question: "mixed", dayFirst, monthFirst };
  if (monthFirst >= 0) return "month first";
  // Where the two are the same in all rows, both readings are.
  return dayFirst >= 0 || either < 0 ? "day first" : { question: "ambiguous", row: either };
}
