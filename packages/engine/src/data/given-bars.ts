import type { Table } from "apache-arrow";
import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "../bars.js";
import { cellsOf } from "./cells.js";
import type { RawColumn, RawTable } from "./format.js";
import { tableOfArrow } from "./formats/arrow.js";
import { fromInt64 } from "./integers.js";
import { barsOfTable, type ReadOptions } from "./read-bars.js";
import { refuse } from "./refusals.js";

/** One value per bar: numbers, texts as a file would have them, or dates; `null` where there is none. */
export type GivenColumn =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | readonly (number | bigint | string | Date | null | undefined)[];

/** A bar as an object; its names are those a file may have in its header. */
export type GivenRow = Readonly<Record<string, number | bigint | string | Date | null | undefined>>;

/** Bars in memory: an Arrow table, columns by their names, or rows. A `symbol` beside columns is that of the bars. */
export type GivenBars = Table | readonly GivenRow[] | Readonly<Record<string, GivenColumn | string | number>>;

/**
 * Bars of what is in memory, read and checked as those of a file: names in any case, times as dates, texts or epochs.
 *
 * @throws BitFeverError BF5350 for what no bars can be made of, and what `readBars` throws for columns and bars
 */
export async function barsOfGiven(given: GivenBars, options: Partial<ReadOptions> = {}): Promise<Bars> {
  const name = options.name ?? "what was given";
  const table = await tableOf(given, name);
  const symbol = options.symbol ?? table.symbol ?? (options.name === undefined ? "BARS" : undefined);
  return (await barsOfTable(table, { ...options, name, symbol })).bars;
}

async function tableOf(given: GivenBars, name: string): Promise<RawTable> {
  if (typeof given !== "object" || (given as unknown) === null)
    throw new BitFeverError("BF5350", `bars cannot be made of ${String(given as unknown)}`, {
      hint: "give the path of a file, an Arrow table, columns by their names, or a list of rows",
    });
  if (isArrow(given)) return tableOfArrow(await import("apache-arrow"), given, name);
  if (isRows(given)) return tableOfColumns(columnsOf(given, name), undefined);
  const columns = Object.entries(given).filter((each): each is [string, GivenColumn] => isColumn(each[1]));
  const { symbol } = given;
  return tableOfColumns(new Map(columns), typeof symbol === "string" ? symbol : undefined);
}

/** By what it can do: a table may be made by another copy of the library. */
const isArrow = (given: GivenBars): given is Table =>
  "schema" in given && typeof (given as Partial<Table>).getChildAt === "function";

const isRows = (given: GivenBars): given is readonly GivenRow[] => Array.isArray(given);

const isColumn = (value: unknown): value is GivenColumn =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

function columnsOf(rows: readonly GivenRow[], name: string): ReadonlyMap<string, GivenColumn> {
  if (rows.length === 0) throw refuse("noRows", `${name}: there are no rows`, "there should be bars");
  const place = rows.findIndex((row: unknown) => typeof row !== "object" || row === null);
  const row: unknown = rows[place];
  if (place >= 0)
    throw new BitFeverError("BF5350", `row ${place + 1} is ${String(row)}, and no bar`, {
      hint: "a row is an object such as { time, open, high, low, close, volume }",
    });
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return new Map([...names].map((name) => [name, rows.map((row) => row[name])]));
}

function tableOfColumns(columns: ReadonlyMap<string, GivenColumn>, symbol: string | undefined): RawTable {
  const names = [...columns.keys()];
  const all = [...columns.values()];
  const length = all[0]?.length ?? 0;
  const odd = all.findIndex((each) => each.length !== length);
  if (odd >= 0)
    throw new BitFeverError(
      "BF5350",
      `the column ${names[odd]} has ${all[odd].length} values, and ${names[0]} has ${length}`,
      { hint: "each column has one value for each bar" },
    );
  return {
    ...{ names, symbol, rowWord: "row", notes: [] },
    read: (wanted) =>
      Promise.resolve({
        length,
        columns: wanted.map((index) => rawOf(all[index])),
        line: (row) => row + 1,
        ragged: [],
      }),
  };
}

function rawOf(values: GivenColumn): RawColumn {
  if (values instanceof Float64Array) return { kind: "numbers", values };
  if (values instanceof BigInt64Array || values instanceof BigUint64Array)
    return { kind: "numbers", values: fromInt64(values) };
  if (!isList(values)) return { kind: "numbers", values: Float64Array.from(values) };
  const is = (test: (value: unknown) => boolean): boolean =>
    values.every((each) => isAbsent(each) || test(each));
  if (is((each) => typeof each === "number" || typeof each === "bigint"))
    return {
      kind: "numbers",
      values: Float64Array.from(values, (each) => (isAbsent(each) ? NaN : Number(each))),
    };
  if (is((each) => each instanceof Date))
    return {
      kind: "times",
      values: Float64Array.from(values, (each) => (each instanceof Date ? each.getTime() : NaN)),
      isZoned: true,
    };
  const text = (each: (typeof values)[number]): string | null =>
    isAbsent(each) ? null : each instanceof Date ? dateText(each) : String(each);
  return { kind: "cells", cells: cellsOf(values.map(text)) };
}

const dateText = (date: Date): string | null => (Number.isNaN(date.getTime()) ? null : date.toISOString());

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

const isList = (values: GivenColumn): values is Extract<GivenColumn, readonly unknown[]> =>
  Array.isArray(values);
