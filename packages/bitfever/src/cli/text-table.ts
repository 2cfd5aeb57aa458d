/** Rows as a table for a terminal, numbers at the right; the first row is the head. */
export function alignedTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => cell.padStart(widths[i])).join("  "));
}
