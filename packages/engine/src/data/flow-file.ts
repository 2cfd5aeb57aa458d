import type { ExternalFlow } from "../external-flow.js";
import { readNumbers } from "./numbers.js";
import { notANumber, readNamedTable } from "./named-table.js";
import { readTimes } from "./times.js";

interface FlowFileOptions {
  /** The name of the file, with which messages begin. */
  readonly name: string;
  /** The IANA zone of times that name none; UTC if not given. Dates without a time have no zone. */
  readonly zone?: string | undefined;
}

const names = {
  time: ["time", "date", "datetime", "timestamp"],
  amount: ["amount"],
  note: ["note", "comment", "description"],
} as const;

/**
 * Reads deposits and withdrawals: CSV with the columns `time`, `amount` (below 0 is taken out) and perhaps `note`, oldest
 * first.
 *
 * @throws BitFeverError BF5101 for a row that is none, with its line; BF4002, BF4005 and BF4006 for the file
 */
export async function readFlows(
  bytes: Uint8Array,
  { name: file, zone = "UTC" }: FlowFileOptions,
): Promise<readonly ExternalFlow[]> {
  const table = await readNamedTable(bytes, {
    ...{ file, names, required: ["time", "amount"], code: "BF5101", what: "deposits and withdrawals" },
  });
  const [timeCells, amountCells] = [table.column("time"), table.column("amount")];
  if (timeCells === undefined || amountCells === undefined) return [];
  const times = readTimes({ kind: "cells", cells: timeCells }, undefined, {
    ...{ zone, unit: undefined, order: undefined },
  });
  if (times === undefined || "question" in times)
    throw table.wrong(0, `the time "${table.text("time", 0)}" can be read in two ways`, writeTimes);
  const amounts = readNumbers(amountCells);
  return Array.from(amounts, (amount, row) => {
    const time = times.values[row];
    if (Number.isNaN(time))
      throw table.wrong(
        row,
        `"${table.text("time", row)}" is no time, or one the clocks jumped over`,
        writeTimes,
      );
    if (row > 0 && time < times.values[row - 1])
      throw table.wrong(
        row,
        `${table.text("time", row)} comes after a later time`,
        "sort the rows, oldest first",
      );
    const problem = notANumber("amount", table.text("amount", row), amount);
    if (problem !== undefined) throw table.wrong(row, problem, writeAmounts);
    if (amount === 0) throw table.wrong(row, "an amount of 0 moves no money", "leave the row out");
    const note = table.text("note", row);
    return { time, amount, ...(note !== "" && { note }) };
  });
}

const writeTimes = "write times as 2020-01-31 or 2020-01-31T09:30:00Z";
const writeAmounts = "write a number with a point for the decimals: 1234.50, below 0 to take it out";
