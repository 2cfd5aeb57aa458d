/** A cell before it is padded, and how it is coloured then. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** Rows with their columns aligned: the first to the left, numbers behind it to the right. */
export function paintedTable(rows: readonly (readonly Cell[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].text.length)));
  const line = (row: readonly Cell[]): string =>
    row
      .map(({ text, paint = (each) => each }, i) => {
        const padding = " ".repeat(widths[i] - text.length);
        return i === 0 ? paint(text) + padding : padding + paint(text);
      })
      .join("  ");
  return rows.map((row) => `  ${line(row).trimEnd()}\n`).join("");
}
