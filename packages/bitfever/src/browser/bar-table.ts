import { BitFeverError } from "@bitfever/lang";
import { csv } from "../tables.js";

/** A number, a date, or a text as a file has it; times as numbers are milliseconds or seconds since 1970, by their size. */
export type Cell = number | string | Date | null | undefined;

/** Columns by the names that a file would have in its header: `time`, `open`, `high`, `low`, `close`, `volume`. */
export type BarColumnTable = Readonly<Record<string, ArrayLike<Cell>>>;

/** Bars made in a page: rows of values in the order of a bar, rows with names, or columns. */
export type BarTable = readonly (readonly Cell[] | Readonly<Record<string, Cell>>)[] | BarColumnTable;

const barNames = ["time", "open", "high", "low", "close", "volume"];

/**
 * A table as the file that says the same, so that one reader checks all bars. Numbers lose nothing on the way; the header
 * is the first line of it, so that messages count a row 0 as line 2.
 *
 * @throws BitFeverError BF5309 for columns of several lengths, and for what is neither rows nor columns
 */
export function tableText(table: BarTable): string {
  if (typeof table !== "object" || table === null)
    throw noTable(table === null ? "null" : `a ${typeof table}`);
  return isRows(table) ? rowsText(table) : columnsText(table);
}

const isRows = (table: BarTable): table is Exclude<BarTable, BarColumnTable> => Array.isArray(table);

function rowsText(rows: Exclude<BarTable, BarColumnTable>): string {
  const [first] = rows;
  if (first === undefined) return "";
  const names = isList(first) ? barNames.slice(0, first.length) : Object.keys(first);
  return csv(
    names,
    rows.map((row, i) => {
      if (typeof row !== "object" || row === null) throw noTable(`row ${i} is ${JSON.stringify(row)}`);
      if (isList(row)) return row.map(cellOf);
      return names.map((name) => cellOf(row[name]));
    }),
  );
}

function columnsText(columns: BarColumnTable): string {
  const names = Object.keys(columns);
  const lengths = names.map((name) => columns[name]?.length);
  const wrong = lengths.findIndex((length) => length === undefined || length !== lengths[0]);
  if (wrong >= 0)
    throw noTable(
      `${names[0]} has ${lengths[0] ?? "no"} values, ${names[wrong]} ${lengths[wrong] ?? "none"}`,
    );
  return csv(
    names,
    Array.from({ length: lengths[0] ?? 0 }, (_, i) => names.map((name) => cellOf(columns[name][i]))),
  );
}

const isList = (row: readonly Cell[] | Readonly<Record<string, Cell>>): row is readonly Cell[] =>
  Array.isArray(row);

const cellOf = (cell: Cell): string | number | null =>
  cell instanceof Date ? (Number.isNaN(cell.getTime()) ? null : cell.toISOString()) : (cell ?? null);

const noTable = (what: string): BitFeverError =>
  new BitFeverError("BF5309", `these are no bars: ${what}`, {
    hint: "give CSV as text, rows such as [time, open, high, low, close, volume] or { time, open, … }, or columns of one length",
  });
