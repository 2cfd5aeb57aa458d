import { BitFeverError } from "@bitfever/lang";
import { cellText, type Cells } from "./cells.js";
import { firstLine, firstLines, separators, splitLine } from "./dialect.js";
import { gunzip, isGzip } from "./gunzip.js";
import { plainName } from "./names.js";
import { refuse } from "./refusals.js";
import { scan } from "./scan.js";
import { asUtf8, lineNumbers } from "./text.js";

/** A small text file whose first line names its columns, such as a list of deposits. */
export interface NamedTable<Name extends string> {
  readonly file: string;
  readonly length: number;
  /** Undefined where the file has no such column. */
  readonly column: (name: Name) => Cells | undefined;
  /** What stands in a cell, without blanks around it; empty where the file has no such column. */
  readonly text: (name: Name, row: number) => string;
  /** What is wrong with a row, with file, line and remedy. */
  readonly wrong: (row: number, problem: string, hint: string) => BitFeverError;
  /** What is wrong with its columns. */
  readonly wrongColumns: (problem: string, hint: string) => BitFeverError;
}

export interface NamedTableOptions<Name extends string> {
  readonly file: string;
  /** The columns that are read, each by the names it may have. */
  readonly names: Readonly<Record<Name, readonly string[]>>;
  readonly required: readonly NoInfer<Name>[];
  /** The code of what is wrong with a row. */
  readonly code: string;
  /** What the file should hold, for messages: "deposits and withdrawals". */
  readonly what: string;
}

/** @throws BitFeverError BF4002 for an empty file, BF4005 or BF4006 for its columns, and `code` for a row of another width */
export async function readNamedTable<Name extends string>(
  bytes: Uint8Array,
  { file, names, required, code, what }: NamedTableOptions<Name>,
): Promise<NamedTable<Name>> {
  const text = asUtf8(isGzip(bytes) ? await gunzip(bytes, file) : bytes);
  const [header] = firstLines(text, 1);
  if (header === undefined) throw refuse("noRows", `${file}: the file is empty`, `it should hold ${what}`);
  const known = Object.keys(names) as Name[];
  const foundBy = separators.map((separator) => {
    const head = splitLine(header.text, separator);
    const plain = head.map(plainName);
    const places = known.map((name) => ({
      name,
      at: plain.flatMap((each, i) => (names[name].includes(each) ? [i] : [])),
    }));
    return {
      separator,
      head,
      places,
      missing: required.filter((each) => placeOf(places, each) === undefined),
    };
  });
  const best = foundBy.reduce((a, b) => (b.missing.length < a.missing.length ? b : a));
  const missingColumn = (problem: string, hint: string): BitFeverError =>
    refuse("missingColumn", `${file}: ${problem}; the first line is "${firstLine(text)}"`, hint);
  if (best.missing.length > 0)
    throw missingColumn(
      `there is no column for ${best.missing.join(", ")}`,
      `the first line names the columns: ${known.join(",")}`,
    );
  const twice = best.places.find(({ at }) => at.length > 1);
  if (twice !== undefined)
    throw refuse("repeatedColumn", `${file}: two columns are the ${twice.name}`, "rename one of them");

  const { head, separator, places } = best;
  const wanted = places.flatMap(({ at }) => at);
  const from = Math.min(header.end + 1, text.length);
  const rows = scan(text, { from, separator: separator.charCodeAt(0), width: head.length, wanted });
  const lineOf = lineNumbers(text);
  const fail = (line: number, problem: string, hint: string): BitFeverError =>
    new BitFeverError(code, `${file}, line ${line}: ${problem}`, { hint });
  const [ragged] = rows.ragged;
  if (ragged !== undefined) {
    const cells = `${ragged.cells} ${ragged.cells === 1 ? "cell" : "cells"}`;
    throw fail(
      lineOf(ragged.start),
      `${cells}, where the header has ${head.length}`,
      "write a cell for each column; one may be empty",
    );
  }
  const column = (name: Name): Cells | undefined => {
    const at = placeOf(places, name);
    return at === undefined ? undefined : rows.cells(at);
  };
  return {
    ...{ file, length: rows.rows, column },
    text: (name, row) => {
      const cells = column(name);
      return cells === undefined ? "" : cellText(cells, row);
    },
    wrongColumns: (problem, hint) => missingColumn(problem, hint),
    wrong: (row, problem, hint) => fail(lineOf(rows.rowStarts[row]), problem, hint),
  };
}

const placeOf = <Name extends string>(
  places: readonly { readonly name: Name; readonly at: readonly number[] }[],
  wanted: Name,
): number | undefined => places.find(({ name }) => name === wanted)?.at[0];

/** What is wrong with a cell that should hold a number; undefined where it does. */
export function notANumber(name: string, text: string, value: number): string | undefined {
  if (text === "") return `there is no ${name}`;
  if (Number.isFinite(value)) return undefined;
  return text.includes(",") ? `the ${name} "${text}" has a comma` : `the ${name} "${text}" is no number`;
}
