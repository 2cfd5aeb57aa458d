import type { BitFeverError } from "@bitfever/lang";
import { faultOf, splitHint, type CorporateAction } from "../actions/action.js";
import { dayMs } from "./zone.js";
import { actionColumns, type ActionColumn } from "./action-table.js";
import { factorActions } from "./factor-file.js";
import { mapActions } from "./map-file.js";
import { notANumber, readNamedTable, type NamedTable } from "./named-table.js";
import { readTimes } from "./times.js";

/** Actions as a file has them: by symbol, or of one that the file does not name. */
export type ReadActions = ReadonlyMap<string | null, readonly CorporateAction[]>;

interface ActionFileOptions {
  /** The name of the file, with which messages begin. */
  readonly name: string;
}

/**
 * Reads corporate actions from text with separators, in one of three forms, oldest first.
 *
 * - `date,action,value`, perhaps with `symbol`: `split` with the new shares for an old one (`7`, `7:1`, `1:10`),
 *   `dividend` with the cash for a share, `symbol` with the ticker from that date on;
 * - `date,price_factor,split_factor,reference_price`: factors for the prices up to each date;
 * - `valid_until,mapped_ticker`: the tickers up to each date.
 *
 * @throws BitFeverError BF5102 for a row that is none, with its line; BF4002, BF4005 and BF4006 for the file
 */
export async function readActions(
  bytes: Uint8Array,
  { name: file }: ActionFileOptions,
): Promise<ReadActions> {
  const table = await readNamedTable(bytes, {
    ...{ file, names: actionColumns, required: ["date"], code: "BF5102", what: "corporate actions" },
  });
  const dates = datesOf(table);
  if (table.column("split_factor") !== undefined) return new Map([[null, factorActions(table, dates)]]);
  if (table.column("mapped_ticker") !== undefined) return new Map([[null, mapActions(table, dates)]]);
  return listedActions(table, dates);
}

/** The date of each row, as `2014-06-09`. */
function datesOf(table: NamedTable<ActionColumn>): readonly string[] {
  const cells = table.column("date");
  if (cells === undefined) return [];
  const times = readTimes({ kind: "cells", cells }, undefined, {
    ...{ zone: "UTC", unit: undefined, order: undefined },
  });
  const hint = "write dates as 2014-06-09";
  const text = (row: number): string => table.text("date", row);
  if (times === undefined || "question" in times)
    throw table.wrong(0, `the date "${text(0)}" can be read in two ways`, hint);
  return Array.from(times.values, (time, row) => {
    if (!Number.isFinite(time)) throw table.wrong(row, `"${text(row)}" is no date`, hint);
    if (time % dayMs !== 0) throw table.wrong(row, `the date "${text(row)}" has a time of day`, hint);
    return new Date(time).toISOString().slice(0, 10);
  });
}

function listedActions(table: NamedTable<ActionColumn>, dates: readonly string[]): ReadActions {
  const missing = (["action", "value"] as const).find((each) => table.column(each) === undefined);
  if (missing !== undefined)
    throw table.wrongColumns(
      `there is no column for ${missing}`,
      "the first line names the columns: date,action,value",
    );
  const hasSymbols = table.column("symbol") !== undefined;
  const found = new Map<string | null, CorporateAction[]>();
  dates.forEach((date, row) => {
    const symbol = hasSymbols ? table.text("symbol", row) : null;
    if (symbol === "")
      throw table.wrong(row, "there is no symbol", "write the symbol of the bars in each row");
    const action = actionIn(table, row, date);
    const before = found.get(symbol) ?? [];
    const last = before.at(-1);
    if (last !== undefined && date < last.date)
      throw table.wrong(row, `${date} comes after a later date`, "sort the rows, oldest first");
    const twin = before.find((each) => each.date === date && each.kind === action.kind);
    const fault = faultOf(action, twin);
    if (fault !== undefined) throw table.wrong(row, fault.problem, fault.hint);
    found.set(symbol, [...before, action]);
  });
  return found;
}

function actionIn(table: NamedTable<ActionColumn>, row: number, date: string): CorporateAction {
  const kind = table.text("action", row).toLowerCase();
  const value = table.text("value", row);
  switch (kind) {
    case "split":
      return { kind, date, ...sharesOf(value, (problem) => table.wrong(row, problem, splitHint)) };
    case "dividend": {
      const amount = numberOf(value);
      const problem = notANumber("dividend", value, amount);
      if (problem !== undefined)
        throw table.wrong(row, problem, "write the cash for a share, with a point for the decimals: 0.47");
      return { kind, date, amount };
    }
    case "symbol":
      return { kind, date, symbol: value };
    default:
      throw table.wrong(row, `"${kind}" is no corporate action`, "it is split, dividend or symbol");
  }
}

const numberOf = (text: string): number => (/^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN);

/** `7`, `7:1` and `1:10`. */
function sharesOf(
  text: string,
  wrong: (problem: string) => BitFeverError,
): { readonly newShares: number; readonly oldShares: number } {
  const parts = text.split(":").map((each) => numberOf(each.trim()));
  if (parts.length > 2 || parts.some(Number.isNaN)) throw wrong(`"${text}" is no split`);
  return { newShares: parts[0], oldShares: parts[1] ?? 1 };
}
