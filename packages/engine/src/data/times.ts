import { cellText, cellsOf, type Cells } from "./cells.js";
import { timeText } from "./civil.js";
import type { RawColumn } from "./format.js";
import type { DateOrder } from "./layouts.js";
import { isNewestFirst } from "./order.js";
import {
  isClock,
  readEpochs,
  readStamps,
  type EpochUnit,
  type Stamps,
  type StampQuestion,
} from "./stamps.js";
import { dayMs, zoneOf, type Zone } from "./zone.js";

export interface Times {
  /** Milliseconds since 1970 UTC; NaN where unreadable, or never shown by the clocks of the zone. */
  readonly values: Float64Array;
  /** Rows with a time that the clocks of the zone jumped over. */
  readonly skipped: ReadonlySet<number>;
  /** What is written there, for messages. */
  readonly text: (row: number) => string;
}

export interface TimeOptions {
  /** The zone of times that name none. */
  readonly zone: string;
  readonly unit: EpochUnit | undefined;
  readonly order: DateOrder | undefined;
}

/**
 * The instants that one column holds, or a column of dates and one of times of day.
 *
 * Stamps that are all midnight and name no zone are session dates: midnight UTC of that date, whatever the zone.
 */
export function readTimes(
  column: RawColumn,
  date: RawColumn | undefined,
  options: TimeOptions,
): Times | StampQuestion | undefined {
  const zone = zoneOf(options.zone);
  const read = readColumn(column, date, options);
  if (read === undefined || "question" in read) return read;
  const text = (row: number): string =>
    [date, column]
      .map((each) => rawText(each, row))
      .join(" ")
      .trim();
  const isLocal =
    !read.isZoned && zone.name !== "UTC" && read.values.some((value) => Math.abs(value % dayMs) > 0);
  const skipped = new Set<number>();
  return { values: isLocal ? toInstants(read.values, zone, skipped) : read.values, skipped, text };
}

function readColumn(
  column: RawColumn,
  date: RawColumn | undefined,
  { unit, order }: TimeOptions,
): Stamps | StampQuestion | undefined {
  const clocks = date === undefined ? undefined : asCells(column);
  const dates = date === undefined ? undefined : asCells(date);
  // With a column of dates beside it, `time` is the time of day; or all of it, and the dates are left alone.
  if (clocks !== undefined && dates !== undefined && isClock(clocks))
    return readStamps(dates, { clocks, order });
  switch (column.kind) {
    case "cells":
      return readStamps(column.cells, { unit, order });
    case "numbers":
      return readEpochs(column.values, unit);
    case "times":
      return { values: column.values, isZoned: column.isZoned };
    case "other":
      return undefined;
  }
}

function asCells(column: RawColumn): Cells | undefined {
  switch (column.kind) {
    case "cells":
      return column.cells;
    case "numbers":
      return cellsOf(Array.from(column.values, (value) => (Number.isNaN(value) ? "" : String(value))));
    case "times":
      return cellsOf(Array.from(column.values, timeText));
    case "other":
      return undefined;
  }
}

/** What a column holds in a row, for messages; empty where that is nothing. */
export function rawText(column: RawColumn | undefined, row: number): string {
  switch (column?.kind) {
    case "cells":
      return cellText(column.cells, row);
    case "numbers":
      return Number.isNaN(column.values[row]) ? "" : String(column.values[row]);
    case "times":
      return Number.isNaN(column.values[row]) ? "" : timeText(column.values[row]);
    default:
      return "";
  }
}

/**
 * Readings of the zone's clocks as instants. Of the two instants of a reading that came twice it is the first that is
 * later than the bar before it: bars that go on over the change keep their order, and a single bar is the earlier one.
 */
function toInstants(local: Float64Array, zone: Zone, skipped: Set<number>): Float64Array {
  const instants = new Float64Array(local.length);
  // A file with the newest bar first is read from its end, so that "before" means before.
  const isReversed = isNewestFirst(local);
  let before = -Infinity;
  let lastDay = NaN;
  let offset = NaN;
  for (let i = 0; i < local.length; i++) {
    const row = isReversed ? local.length - 1 - i : i;
    const reading = local[row];
    const day = Math.floor(reading / dayMs);
    if (day !== lastDay) {
      lastDay = day;
      offset = Number.isFinite(day) ? zone.offsetAround(day) : NaN;
    }
    let instant = reading - offset;
    if (instant !== instant && reading === reading) {
      instant = zone.toUtc(reading, before);
      if (instant !== instant) skipped.add(row);
    }
    instants[row] = instant;
    if (instant === instant) before = instant;
  }
  return instants;
}
