import { findDialect, firstLine } from "../dialect.js";
import { defineFormat, type RawRows } from "../format.js";
import { refuse } from "../refusals.js";
import { scan } from "../scan.js";

export const csv = defineFormat({
  name: "csv",
  title: "text with separators",
  extensions: ["csv", "txt", "tsv", "tab", "psv", "prn"],
  // Text has no magic number; it is what is left when no other format says that a file is its own.
  recognise: () => false,
  async open(bytes, { file }) {
    const text = asUtf8(bytes);
    if (text.every((byte) => byte <= 0x20))
      throw refuse("noRows", `${file}: the file is empty`, "it should hold bars");
    if (text.length > 0xffffffff) {
      throw refuse(
        "unsupported",
        `${file}: text of more than 4 GB is not read`,
        "cut it in parts, or write it as Parquet",
      );
    }
    if (text.subarray(0, 4096).includes(0)) {
      throw refuse(
        "damaged",
        `${file}: this is no text`,
        "a file of another kind needs a name that says so (.parquet, .arrow)",
      );
    }
    const dialect = findDialect(text);
    if (dialect === undefined) {
      throw refuse(
        "missingColumn",
        `${file}: there is no header, and the rows are not time, open, high, low, close: "${firstLine(text)}"`,
        "the first line should name the columns: time,open,high,low,close,volume",
      );
    }
    const { separator, names, from, notes } = dialect;
    const read = async (wanted: readonly number[]): Promise<RawRows> => {
      const found = scan(text, { from, separator: separator.charCodeAt(0), width: names.length, wanted });
      const lineOf = lineNumbers(text);
      return {
        length: found.rows,
        columns: wanted.map((column) => ({ kind: "cells", cells: found.cells(column) })),
        line: (row) => lineOf(found.rowStarts[row]),
        ragged: found.ragged.map(({ start, cells }) => ({ line: lineOf(start), cells })),
      };
    };
    return { names, rowWord: "line", notes, read };
  },
});

/** Without the byte order mark; text of two bytes a letter, as some spreadsheets and terminals save it, is rewritten. */
function asUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.subarray(3);
  if (first === 0xff && second === 0xfe)
    return new TextEncoder().encode(new TextDecoder("utf-16le").decode(bytes));
  if (first === 0xfe && second === 0xff)
    return new TextEncoder().encode(new TextDecoder("utf-16be").decode(bytes));
  return bytes;
}

/** Tells the line, counted from 1, in which a byte lies. The lines are counted when first asked for. */
function lineNumbers(bytes: Uint8Array): (at: number) => number {
  let starts: Float64Array | undefined;
  return (at) => {
    starts ??= lineStarts(bytes);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

function lineStarts(bytes: Uint8Array): Float64Array {
  const starts = [0];
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) starts.push(at + 1);
  return Float64Array.from(starts);
}
