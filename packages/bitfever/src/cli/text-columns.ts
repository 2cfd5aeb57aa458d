import { printable } from "./printable.js";

/**
 * Rows as a table for a terminal; the first row is the head. Columns that hold numbers, but for the first few, stand at the
 * right.
 *
 * @param words  how many columns at the left are words
 */
export function columns(rows: readonly (readonly string[])[], words: number): readonly string[] {
  const cells = rows.map((row) => row.map(printable));
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  const isNumber = cells[0].map(
    (_, i) => i >= words && cells.slice(1).every((row) => /^[-+]?[\d.,e]*$|^–$/.test(row[i])),
  );
  return cells.map((row) =>
    `  ${row.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  ")}`.trimEnd(),
  );
}
