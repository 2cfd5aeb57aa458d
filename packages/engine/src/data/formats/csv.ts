import { findDialect, firstLine } from "../dialect.js";
import { defineFormat, type RawRows } from "../format.js";
import { refuse } from "../refusals.js";
import { scan } from "../scan.js";
import { asUtf8, lineNumbers } from "../text.js";

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
