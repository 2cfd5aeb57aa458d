import type { BitFeverError } from "@bitfever/lang";
import type { BarColumns } from "../bars.js";
import type { RawColumn, RawRows, RawTable } from "./format.js";
import type { DateOrder } from "./layouts.js";
import { chooseColumns, type Choice } from "./names.js";
import { readNumbers } from "./numbers.js";
import { flag, refuse } from "./refusals.js";
import type { StampQuestion } from "./stamps.js";
import { rawText, readTimes } from "./times.js";

/** The columns of a bar as a table has them, in its order and not yet checked. */
export interface TableColumns {
  readonly columns: BarColumns;
  readonly rows: RawRows;
  readonly hasVolume: boolean;
  /** Rows whose time the clocks of the zone jumped over. */
  readonly skipped: ReadonlySet<number>;
  /** What the file has in a cell, for messages. */
  readonly text: (part: keyof BarColumns, row: number) => string;
  /** The columns asked for beside those of a bar. */
  readonly more: readonly { readonly values: Float64Array; readonly text: (row: number) => string }[];
  /** The names of columns that no bar is made of. */
  readonly unused: readonly string[];
}

export interface ColumnOptions {
  readonly file: string;
  readonly zone: string;
  readonly dates: DateOrder | undefined;
  /** Columns of numbers beside those of a bar, by their place. */
  readonly also?: readonly number[];
}

/** Finds the parts of a bar among the columns of a table, and reads them. */
export async function readColumns(table: RawTable, options: ColumnOptions): Promise<TableColumns> {
  const { file, also = [] } = options;
  const { names } = table;
  const choice = chooseColumns(names);
  if (choice.chosen === undefined) throw wrongColumns(file, names, choice);
  const { time, date, open, high, low, close, volume, unit, isUtc } = choice.chosen;
  const wanted = [time, open, high, low, close, volume, date, ...also].filter((index) => index !== undefined);
  const rows = await table.read(wanted);
  if (rows.length + rows.ragged.length === 0) {
    throw refuse("noRows", `${file}: there are columns, but no rows`, "it should hold bars");
  }

  const raw = (index: number): RawColumn => rows.columns[wanted.indexOf(index)];
  const numbers = (index: number): Float64Array => {
    const column = raw(index);
    if (column.kind === "numbers") return column.values;
    if (column.kind === "cells") return readNumbers(column.cells);
    throw wrongType(file, names[index], column, "numbers");
  };

  const dateColumn = date === undefined ? undefined : raw(date);
  const zone = isUtc ? "UTC" : options.zone;
  const times = readTimes(raw(time), dateColumn, { zone, unit, order: options.dates });
  if (times === undefined) throw wrongType(file, names[time], raw(time), "times");
  if ("question" in times) {
    const cell = (row: number): string =>
      `"${rawText(dateColumn ?? raw(time), row)}" in ${table.rowWord} ${rows.line(row)}`;
    throw asking(file, names[time], times, cell);
  }

  const source = { open, high, low, close, volume: volume ?? -1 };
  return {
    columns: {
      time: times.values,
      open: numbers(open),
      high: numbers(high),
      low: numbers(low),
      close: numbers(close),
      volume: volume === undefined ? new Float64Array(rows.length).fill(NaN) : numbers(volume),
    },
    rows,
    more: also.map((index) => ({ values: numbers(index), text: (row) => rawText(raw(index), row) })),
    hasVolume: volume !== undefined,
    skipped: times.skipped,
    text: (part, row) => (part === "time" ? times.text(row) : rawText(raw(source[part]), row)),
    unused: names.filter((_, index) => !wanted.includes(index)),
  };
}

function wrongColumns(file: string, names: readonly string[], { missing, repeated }: Choice): BitFeverError {
  const found = `the columns are ${names.map((name) => name.trim() || "(no name)").join(", ")}`;
  if (repeated.length > 0) {
    const twice = repeated.map(
      ({ part, columns }) => `${part} (${columns.map((index) => index + 1).join(" and ")})`,
    );
    return refuse(
      "repeatedColumn",
      `${file}: two columns are the ${twice.join(", the ")}; ${found}`,
      "rename one of them",
    );
  }
  const message = `${file}: there is no column for ${missing.join(", ")}; ${found}`;
  return refuse(
    "missingColumn",
    message,
    "name the columns time, open, high, low, close and volume; volume may be left out",
  );
}

function wrongType(file: string, name: string, column: RawColumn, wanted: string): BitFeverError {
  const type = column.kind === "other" ? column.type : column.kind;
  return refuse(
    "wrongType",
    `${file}: the column "${name}" holds ${type}, not ${wanted}`,
    `write it as ${wanted}`,
  );
}

function asking(
  file: string,
  name: string,
  asked: StampQuestion,
  cell: (row: number) => string,
): BitFeverError {
  switch (asked.question) {
    case "ambiguous":
      return refuse(
        "ambiguousDates",
        `${file}: which number of ${cell(asked.row)} is the day? No row says, none has a number above 12`,
        `say which comes first: \`${flag.dates} day-first\` or \`${flag.dates} month-first\``,
      );
    case "mixed":
      return refuse(
        "mixedDates",
        `${file}: ${cell(asked.dayFirst)} has the day first, ${cell(asked.monthFirst)} the month`,
        "write all dates the same way, best as 2020-01-31",
      );
    case "small":
      return refuse(
        "smallTimes",
        `${file}: the numbers in "${name}" are too small for times: ${cell(0)} would be in the first days of 1970`,
        "times are dates, or numbers since 1970; a column named time_s, time_ms, time_us or time_ns is taken at its word",
      );
  }
}
